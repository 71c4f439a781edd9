internal import BubbleEvents

/// Instructions that are carried out as they stand.
extension InstructionReader {
  /// The low-level instruction; nil when it is another one.
  func low(_ entry: LocatedTerm) throws(ResourceError) -> ReleaseInstruction? {
    switch entry.atom {
    case "point_of_no_return": return .pointOfNoReturn
    case "restart_new_emulator": return .restartNewEmulator
    case "restart_emulator": return .restartEmulator
    default: break
    }
    guard let parts = entry.tuple, let word = parts.first?.atom, Self.lowWords.contains(word) else {
      return nil
    }
    switch (word, parts.count) {
    case ("load_object_code", 2): return try loadObjectCode(parts[1])
    case ("load", 2): return .load(try loading(parts[1], word))
    case ("remove", 2): return .remove(try loading(parts[1], word))
    case ("purge", 2): return .purge(try modules(parts[1], word))
    case ("suspend", 2): return .suspend(try suspensions(parts[1]))
    case ("resume", 2): return .resume(try modules(parts[1], word))
    case ("code_change", 2): return .codeChange(.up, try changes(parts[1]))
    case ("code_change", 3):
      return .codeChange(try values.word(parts[1], word), try changes(parts[2]))
    case ("stop", 2): return .stop(try modules(parts[1], word))
    case ("start", 2): return .start(try modules(parts[1], word))
    case ("sync_nodes", 3): return .syncNodes(id: parts[1].term, nodes: try nodes(parts[2]))
    case ("apply", 2): return .apply(try call(parts[1], word))
    default: throw malformed(entry, word)
    }
  }

  private func loadObjectCode(_ value: LocatedTerm) throws(ResourceError) -> ReleaseInstruction {
    guard let parts = value.tuple, parts.count == 3 else {
      throw values.wrong(value, "load_object_code", "{App, Vsn, Modules}")
    }
    return .loadObjectCode(
      application: try values.atom(parts[0], "load_object_code: the application"),
      version: try values.string(parts[1], "load_object_code: the version"),
      modules: try modules(parts[2], "load_object_code"))
  }

  private func loading(
    _ value: LocatedTerm, _ word: String
  ) throws(ResourceError) -> ReleaseInstruction.Loading {
    guard let parts = value.tuple, parts.count == 3 else {
      throw values.wrong(value, word, "{Module, PrePurge, PostPurge}")
    }
    return .init(
      try module(parts[0], word), prePurge: try purge(parts[1]), postPurge: try purge(parts[2]))
  }

  private func suspensions(
    _ value: LocatedTerm
  ) throws(ResourceError) -> [ReleaseInstruction.Suspension] {
    var suspensions: [ReleaseInstruction.Suspension] = []
    for entry in try values.list(value, "suspend") {
      if let pair = entry.tuple, pair.count == 2 {
        suspensions.append(
          .init(try module(pair[0], "suspend"), timeout: try timeout(pair[1])))
      } else {
        suspensions.append(.init(try module(entry, "suspend")))
      }
    }
    return suspensions
  }

  private func changes(_ value: LocatedTerm) throws(ResourceError) -> [ReleaseInstruction.Change] {
    var changes: [ReleaseInstruction.Change] = []
    for entry in try values.list(value, "code_change") {
      guard let pair = entry.tuple, pair.count == 2 else {
        throw values.wrong(entry, "code_change", "{Module, Extra}")
      }
      changes.append(.init(try module(pair[0], "code_change"), extra: pair[1].term))
    }
    return changes
  }

  /// The nodes, or the call that names them.
  private func nodes(_ value: LocatedTerm) throws(ResourceError) -> Term {
    if value.tuple != nil {
      _ = try call(value, "sync_nodes")
    } else {
      _ = try values.atoms(value, "sync_nodes: the nodes")
    }
    return value.term
  }

  private func call(
    _ value: LocatedTerm, _ word: String
  ) throws(ResourceError) -> ReleaseInstruction.Call {
    guard let parts = value.tuple, parts.count == 3 else {
      throw values.wrong(value, word, "{Module, Function, Arguments}")
    }
    return .init(
      try module(parts[0], word), try values.atom(parts[1], "\(word): the function"),
      try values.list(parts[2], "\(word): the arguments").map(\.term))
  }
}
