internal import BubbleEvents
internal import BubbleKernel

extension SupervisorBody {
  /// Calls the init function again and merges what it says into what runs (OTP: S110-S113).
  mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term {
    let result: Supervisor.Init
    do {
      result = try definition.initialize(&context)
    } catch {
      return ExitReason.codeChangeFailure(error)
    }
    switch result {
    case .ignore: return "ok"
    case .invalid(let value): return .tuple(["error", value])
    case .dynamic(let dynamic):
      var flags = logic?.flags ?? SupervisorFlags()
      flags.intensity = dynamic.intensity
      perform(logic?.flagsChanged(flags), &context)
      return "ok"
    case .supervise(let flags, let specs):
      return merge(UncheckedFlags(flags), specs.map { UncheckedChildSpec($0) }, &context)
    case .unchecked(let flags, let specs): return merge(flags, specs, &context)
    }
  }

  private mutating func merge(
    _ flags: UncheckedFlags, _ specs: [UncheckedChildSpec], _ context: inout ProcessContext
  ) -> Term {
    if let raw = flags.raw { return Self.refusal(.tuple(["bad_flags", raw])) }
    do {
      let flags = try flags.checked()
      let isDynamic = flags.strategy == .simpleOneForOne
      guard isDynamic == (logic?.flags.strategy == .simpleOneForOne) else {
        let list = Term.list(specs.map { $0.id ?? "undefined" })
        return Self.refusal(.tuple(["bad_start_spec", list]))
      }
      let children = try SpecificationError.checked(specs, autoShutdown: flags.autoShutdown)
      if isDynamic, children.count != 1 { return Self.refusal(Self.noTemplate(children)) }
      perform(logic?.flagsChanged(flags), &context)
      perform(logic?.specsChanged(children), &context)
      return "ok"
    } catch {
      return Self.refusal(error.term)
    }
  }

  /// Changes one specification while everybody runs on, as new code with it would.
  mutating func change(
    _ id: ChildID, to settings: ChildSettings, _ context: inout ProcessContext
  ) {
    guard let logic else { return }
    var specs = logic.specs
    let isTemplate = logic.flags.strategy == .simpleOneForOne
    let key = key(of: id)
    guard let index = isTemplate ? specs.indices.first : specs.firstIndex(where: { $0.id == key })
    else { return }
    specs[index].restart = settings.restart
    specs[index].shutdown = settings.shutdown
    replace(specs, &context)
  }

  /// Changes the start order while everybody runs on, as new code with it would.
  mutating func reorder(_ order: [ChildID], _ context: inout ProcessContext) {
    guard let logic, logic.flags.strategy != .simpleOneForOne else { return }
    var left: [Term: ChildSpec] = [:]
    for spec in logic.specs { left[spec.id] = spec }
    let named = order.compactMap { left.removeValue(forKey: key(of: $0)) }
    replace(named + logic.specs.filter { left[$0.id] != nil }, &context)
  }

  /// Wrong specifications change nothing.
  private mutating func replace(_ specs: [ChildSpec], _ context: inout ProcessContext) {
    do {
      let checked = try SpecificationError.checked(
        specs.map { UncheckedChildSpec($0) }, autoShutdown: logic?.flags.autoShutdown)
      perform(logic?.specsChanged(checked), &context)
    } catch {
      return
    }
  }

  /// What OTP says when there is not exactly one template: the specifications, as it keeps them.
  private static func noTemplate(_ children: [ChildSpec]) -> Term {
    let ids = children.map(\.id)
    let entries = ids.map(\.description).sorted().map { $0 + "=>CHILDSPEC" }
    let map = "#{" + entries.joined(separator: ",") + "}"
    return .tuple(["ok", .tuple([.list(ids), .opaque(map)])])
  }

  private static func refusal(_ error: Term) -> Term {
    .tuple(["error", .tuple(["error", error])])
  }
}
