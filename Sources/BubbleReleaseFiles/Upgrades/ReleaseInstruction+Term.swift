public import BubbleEvents

extension ReleaseInstruction {
  /// The instruction as it stands in a relup file.
  public var term: Term {
    switch self {
    case .loadObjectCode(let application, let version, let modules):
      .tuple([
        "load_object_code", .tuple([.atom(application), .text(version), Self.atoms(modules)]),
      ])
    case .pointOfNoReturn: "point_of_no_return"
    case .load(let loading): .tuple(["load", loading.term])
    case .remove(let loading): .tuple(["remove", loading.term])
    case .purge(let modules): .tuple(["purge", Self.atoms(modules)])
    case .suspend(let suspensions): .tuple(["suspend", .list(suspensions.map(\.term))])
    case .resume(let modules): .tuple(["resume", Self.atoms(modules)])
    case .codeChange(let direction, let changes):
      .tuple([
        "code_change", .atom(direction.rawValue),
        .list(changes.map { .tuple([.atom($0.module), $0.extra]) }),
      ])
    case .stop(let modules): .tuple(["stop", Self.atoms(modules)])
    case .start(let modules): .tuple(["start", Self.atoms(modules)])
    case .syncNodes(let id, let nodes): .tuple(["sync_nodes", id, nodes])
    case .apply(let call):
      .tuple([
        "apply", .tuple([.atom(call.module), .atom(call.function), .list(call.arguments)]),
      ])
    case .restartNewEmulator: "restart_new_emulator"
    case .restartEmulator: "restart_emulator"
    }
  }

  private static func atoms(_ names: [String]) -> Term { .list(names.map(Term.atom)) }
}

extension ReleaseInstruction.Loading {
  fileprivate var term: Term {
    .tuple([.atom(module), .atom(prePurge.rawValue), .atom(postPurge.rawValue)])
  }
}

extension ReleaseInstruction.Suspension {
  fileprivate var term: Term {
    switch timeout {
    case .standard: .atom(module)
    case .milliseconds(let count): .tuple([.atom(module), .integer(count)])
    case .infinity: .tuple([.atom(module), "infinity"])
    }
  }
}
