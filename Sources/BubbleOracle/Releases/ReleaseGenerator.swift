/// Random releases, upgrades of their applications, and what is to be made of them.
///
/// The same seed gives the same case, as text of a term. Most go together; some are wrong
/// somewhere. Left out is what systools takes and we do not, in all or in some orders of a release,
/// such as applications that need who includes them; and what it never ends with.
package struct ReleaseGenerator {
  /// An application in the two releases.
  struct Application {
    var name: String
    /// Its modules in version 1 and in version 2.
    var modules: [[String]]
    /// The versions that the releases have; nil when a release lacks it.
    var versions: [Int?]
    var needs: [String]
    var includes: [String]
    var registered: [String]
  }

  var dice: Dice

  private init(seed: UInt64) {
    dice = Dice(seed: seed)
  }

  /// The case of a seed.
  package static func text(seed: UInt64) -> String {
    var generator = ReleaseGenerator(seed: seed)
    return "{case_\(seed),[" + generator.parts().joined(separator: ",\n ") + "]}.\n"
  }

  private mutating func parts() -> [String] {
    let isScript = dice.chance(0.25)
    let applications = self.applications(breaks: isScript ? 0.25 : 0.04)
    let described = applications.flatMap { application in
      [1, 2].map { describe(application, version: $0) }
    }
    var parts = [
      "{applications,[\(described.joined(separator: ",\n  "))]}",
      "{releases,[\(release(1, applications)),\n  \(release(2, applications))]}",
    ]
    if isScript { return parts + ["{script,\"1\"}"] }
    let changed = applications.filter { $0.versions == [1, 2] || $0.versions == [2, 1] }
    let upgrades = changed.map { application in
      let version = application.versions[1] ?? 2
      return "{\(application.name),\"\(version)\",\(upgrade(application, version, applications))}"
    }
    parts.append("{appups,[\(upgrades.joined(separator: ",\n  "))]}")
    if dice.chance(0.1) { parts.append("{options,[restart_emulator]}") }
    let up = dice.pick(["[\"1\"]", "[{\"1\",\"why\"}]", "[\"1\",\"1\"]"])
    return parts + ["{relup,\"2\",\(up),\(dice.pick(["[\"1\"]", "[]"]))}"]
  }

  // MARK: - Applications

  private mutating func applications(breaks: Double) -> [Application] {
    let names = Array(["a", "b", "c", "d", "e"].prefix(dice.pick([1, 2, 3, 4, 5])))
    var taken: Set<String> = []
    var includers: [String: Set<String>] = [:]
    return names.enumerated().map { number, name in
      let later = names.dropFirst(number + 1)
      let all = (1...5).map { "\(name)\($0)" }
      let strange = dice.chance(breaks) ? dice.sample(names + ["z"], 1) : []
      var includes = later.filter { _ in dice.chance(0.12) }
      if !dice.chance(breaks) { includes = includes.filter { taken.insert($0).inserted } }
      let above = includers[name, default: []]
      for other in includes { includers[other, default: []].formUnion(above.union([name])) }
      let needs = later.filter { !includes.contains($0) && dice.chance(0.35) } + strange
      return Application(
        name: name,
        modules: [
          dice.sample(all, dice.pick([0, 2, 3, 4])),
          dice.sample(all, dice.pick([1, 3, 4, 5])) + (dice.chance(breaks) ? ["a1"] : []),
        ],
        versions: dice.pick(weighted: [
          ([1, 2], 6), ([1, 1], 1), ([2, 1], 0.5), ([1, nil], 1), ([nil, 1], 1), ([nil, 2], 0.5),
        ]),
        needs: Set(needs).subtracting(includes + [name]).subtracting(above).sorted(),
        includes: includes,
        registered: dice.chance(breaks) ? ["server"] : [])
    }
  }

  private mutating func describe(_ application: Application, version: Int) -> String {
    // Every other need may be missing.
    let optional = application.needs.filter { _ in dice.chance(0.2) }
    let needs = dice.shuffled(["kernel", "stdlib"] + application.needs)
    return """
      {application,\(application.name),[{description,"x"},{vsn,"\(version)"},\
      {modules,\(list(application.modules[version - 1]))},\
      {registered,\(list(application.registered))},\
      {applications,\(list(needs))},{optional_applications,\(list(optional))},\
      {included_applications,\(list(application.includes))}]}
      """
  }

  private mutating func release(_ number: Int, _ applications: [Application]) -> String {
    let components = dice.shuffled(applications).compactMap { application -> String? in
      guard let version = application.versions[number - 1] else { return nil }
      let written = dice.chance(0.02) ? 3 : version
      let type = dice.pick(weighted: [
        ("", 5), (",permanent", 1), (",temporary", 1), (",transient", 1), (",load", 0.7),
        (",none", 0.7),
      ])
      let override = dice.chance(0.05) ? ",\(list(dice.sample(application.includes, 1)))" : ""
      return "{\(application.name),\"\(written)\"\(type)\(override)}"
    }
    var core = ["{kernel,\"9.0\"}", "{stdlib,\"5.0\"}", "{sasl,\"4.2\"}"]
    if dice.chance(0.02) { core.remove(at: dice.pick([0, 1, 2])) }
    let runtime = number == 2 && dice.chance(0.15) ? "11" : "10"
    let all = dice.chance(0.2) ? dice.shuffled(core + components) : core + components
    return "{release,{\"r\",\"\(number)\"},{erts,\"\(runtime)\"},\(list(all))}"
  }

  func list(_ parts: [String]) -> String { "[" + parts.joined(separator: ",") + "]" }
}
