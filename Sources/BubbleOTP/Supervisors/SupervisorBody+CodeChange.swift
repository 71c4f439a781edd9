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
      change(flags, &context)
      return "ok"
    case .supervise(let flags, let specs): return merge(.typed(flags, specs), &context)
    case .unchecked(let flags, let specs): return merge(.unchecked(flags, specs), &context)
    }
  }

  private mutating func merge(_ proposal: Proposal, _ context: inout ProcessContext) -> Term {
    if let raw = proposal.rawFlags { return Self.refusal(.tuple(["bad_flags", raw])) }
    do {
      let flags = try proposal.checkedFlags()
      let isDynamic = flags.strategy == .simpleOneForOne
      guard isDynamic == (logic?.flags.strategy == .simpleOneForOne) else {
        return Self.refusal(.tuple(["bad_start_spec", .list(proposal.ids)]))
      }
      let children = try proposal.checkedChildren(flags)
      if isDynamic, children.count != 1 { return Self.refusal(Self.noTemplate(children)) }
      change(flags, &context)
      change(children, &context)
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
    else { return context.refuseRequest("not_found") }
    specs[index].restart = settings.restart
    specs[index].shutdown = settings.shutdown
    replace(specs, &context)
  }

  /// Changes the start order while everybody runs on, as new code with it would.
  mutating func reorder(_ order: [ChildID], _ context: inout ProcessContext) {
    guard let logic else { return }
    guard logic.flags.strategy != .simpleOneForOne else {
      return context.refuseRequest(SupervisorError.simpleOneForOne.term)
    }
    var left: [Term: ChildSpec] = [:]
    for spec in logic.specs { left[spec.id] = spec }
    let named = order.compactMap { left.removeValue(forKey: key(of: $0)) }
    replace(named + logic.specs.filter { left[$0.id] != nil }, &context)
  }

  /// Wrong specifications change nothing, and are refused.
  private mutating func replace(_ specs: [ChildSpec], _ context: inout ProcessContext) {
    guard let flags = logic?.flags else { return }
    do {
      change(try Proposal.typed(flags, specs).checkedChildren(flags), &context)
    } catch {
      context.refuseRequest(error.term)
    }
  }

  private mutating func change(_ specs: [ChildSpec], _ context: inout ProcessContext) {
    for kind in logic?.specsChanged(specs) ?? [] { context.post(kind) }
    context.setActing(logic?.isActing ?? false)
  }

  /// Changes the flags while everybody runs on; the history of restarts stays.
  mutating func change(_ flags: SupervisorFlags, _ context: inout ProcessContext) {
    if let kind = logic?.flagsChanged(flags) { context.post(kind) }
    context.setActing(logic?.isActing ?? false)
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
