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
      return .tuple(["error", ExitReason(uncaught: error).term])
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
      guard isDynamic == (logic?.flags.strategy == .simpleOneForOne),
        !isDynamic || specs.count == 1
      else {
        let list = Term.list(specs.map { $0.id ?? "undefined" })
        return Self.refusal(.tuple(["bad_start_spec", list]))
      }
      let children = try SpecificationError.checked(specs, autoShutdown: flags.autoShutdown)
      perform(logic?.flagsChanged(flags), &context)
      perform(logic?.specsChanged(children), &context)
      return "ok"
    } catch {
      return Self.refusal(error.term)
    }
  }

  private static func refusal(_ error: Term) -> Term {
    .tuple(["error", .tuple(["error", error])])
  }
}
