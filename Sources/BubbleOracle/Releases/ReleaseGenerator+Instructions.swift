/// Upgrades of applications.
extension ReleaseGenerator {
  /// The appup beside that version, with the other one below and above.
  mutating func upgrade(
    _ application: Application, _ version: Int, _ all: [Application]
  ) -> String {
    let other = 3 - version
    func modules(_ version: Int) -> [String] { application.modules[version - 1] }
    let up = scripts(other, script(application, from: modules(other), to: modules(version), all))
    let down = scripts(
      other, script(application, from: modules(version), to: modules(other), all))
    let written = dice.chance(0.05) ? 7 : version
    return "{\"\(written)\",\(up),\(down)}"
  }

  private mutating func scripts(_ version: Int, _ script: String) -> String {
    let pattern = dice.pick(weighted: [
      ("\"\(version)\"", 6), ("<<\"[0-9]\">>", 1), ("<<\"[0-9]+(\\\\.[0-9]+)*\">>", 0.5),
      ("<<\"\(version)|3\">>", 0.5), ("\"4\"", 0.2),
    ])
    let before = dice.chance(0.15) ? "{\"\(dice.pick([version, 9]))\",[{purge,[first]}]}," : ""
    return "[\(before){\(pattern),\(script)}]"
  }

  private mutating func script(
    _ application: Application, from old: [String], to new: [String], _ all: [Application]
  ) -> String {
    // Modules that an instruction may be about, each with at most one.
    var instructions: [String] = []
    let kept = dice.shuffled(new.filter(old.contains)).filter { _ in dice.chance(0.7) }
    let added = new.filter { !old.contains($0) && dice.chance(0.8) }
    let removed = old.filter { !new.contains($0) && dice.chance(0.8) }
    var modules = kept + added + removed
    if dice.chance(0.04) { modules.append("zz") }
    for module in kept { instructions.append(change(module, modules)) }
    for module in added { instructions.append("{add_module,\(module)\(dependencies(modules))}") }
    for module in removed {
      instructions.append("{delete_module,\(module)\(dependencies(modules))}")
    }
    if dice.chance(0.5) { instructions = dice.shuffled(instructions) }
    for _ in 0..<dice.pick([0, 0, 0, 1, 2]) {
      instructions.insert(
        contentsOf: extra(application, all), at: dice.pick(Array(0...instructions.count)))
    }
    if dice.chance(0.08) { instructions = early(new) + ["point_of_no_return"] + instructions }
    if dice.chance(0.03) { instructions = ["{restart_application,\(application.name)}"] }
    return list(instructions)
  }

  private mutating func dependencies(_ modules: [String]) -> String {
    guard dice.chance(0.5) else { return "" }
    return "," + list(dice.sample(modules, dice.pick([0, 1, 1, 2])))
  }

  /// An update or a load, in one of its forms.
  private mutating func change(_ module: String, _ modules: [String]) -> String {
    let change = dice.pick(["soft", "{advanced,[]}", "{advanced,{x,\"y\"}}"])
    let purges = "\(purge()),\(purge())"
    let needs = list(dice.sample(modules, dice.pick([0, 1, 1, 2])))
    let timeout = dice.pick(["default", "infinity", "5000"])
    return dice.pick([
      "{update,\(module)}", "{update,\(module),supervisor}", "{update,\(module),\(change)}",
      "{update,\(module),\(needs)}", "{update,\(module),\(change),\(needs)}",
      "{update,\(module),\(change),\(purges),\(needs)}",
      "{update,\(module),\(timeout),\(change),\(purges),\(needs)}",
      "{update,\(module),\(dice.pick(["static", "dynamic"])),\(timeout),"
        + "\(change),\(purges),\(needs)}",
      "{load_module,\(module)}", "{load_module,\(module),\(needs)}",
      "{load_module,\(module),\(purges),\(needs)}",
    ])
  }

  private mutating func purge() -> String { dice.pick(["brutal_purge", "soft_purge"]) }

  private mutating func early(_ modules: [String]) -> [String] {
    var instructions = ["{apply,{m,early,[]}}"]
    if let module = dice.sample(modules, 1).first {
      let version = dice.chance(0.9) ? dice.pick(["1", "2"]) : "8"
      let name = dice.chance(0.9) ? String(module.prefix(1)) : "lib"
      instructions.append("{load_object_code,{\(name),\"\(version)\",[\(module)]}}")
    }
    if dice.chance(0.05) { instructions.append("{purge,[m]}") }
    return dice.shuffled(instructions)
  }

  /// Instructions that are carried out as they stand, and some that are seldom right.
  private mutating func extra(_ application: Application, _ all: [Application]) -> [String] {
    let module = dice.pick(["a1", "b1", "x"])
    let other = dice.pick(all.map(\.name) + [application.name])
    return dice.pick(weighted: [
      (["{apply,{m,f,[1]}}"], 3), (["{sync_nodes,id,[n]}"], 1),
      (["{sync_nodes,1,{m,f,[]}}"], 0.5), (["{purge,[\(module)]}"], 1),
      (["{remove,{\(module),\(purge()),brutal_purge}}"], 1),
      (["{suspend,[\(module),{y,7}]}", "{resume,[y,\(module)]}"], 1),
      (["{stop,[\(module)]}", "{start,[\(module)]}"], 1),
      (["{code_change,up,[{\(module),1}]}"], 0.5), (["{code_change,[{\(module),1}]}"], 0.5),
      (["restart_emulator"], 0.6), (["restart_new_emulator"], 0.6),
      (["{load_object_code,{lib,\"1\",[l,k]}}", "{load,{k,\(purge()),soft_purge}}"], 0.8),
      (["{load_object_code,{lib,\"\(dice.pick(["1", "2"]))\",[k]}}"], 0.4),
      (["{suspend,[\(module)]}"], 0.1), (["{start,[\(module)]}"], 0.1),
      (["{resume,[\(module)]}"], 0.1), (["{stop,[\(module)]}"], 0.1),
      (["{load,{q,brutal_purge,brutal_purge}}"], 0.1), (["point_of_no_return"], 0.15),
      (["{restart_application,\(other)}"], 0.3), (["{add_application,\(other)}"], 0.15),
      (["{remove_application,\(other)}"], 0.15), (["{load_module,a1}"], 0.15),
    ])
  }
}
