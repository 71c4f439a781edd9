extension ChildID {
  /// What the child is called under a supervisor of that name, on the screen and in files.
  ///
  /// A dynamic child is counted from 1: `conn3` of `conn_sup`, `pool#3` of `pool`. A partition's
  /// number alone would say nothing, so it is `shelves/0`.
  package func name(under supervisor: String) -> String {
    switch self {
    case .named(.atom(let name)), .named(.text(let name)): name
    case .named(.integer(let number)): "\(supervisor)/\(number)"
    case .named(let term): term.description
    case .dynamic(let number): Self.dynamicPrefix(of: supervisor) + String(number &+ 1)
    }
  }

  /// What the numbers of a dynamic supervisor's children are put behind: `conn` for `conn_sup`.
  package static func dynamicPrefix(of supervisor: String) -> String {
    for ending in ["_supervisor", "-sup", "_sup", "sup"] where supervisor.hasSuffix(ending) {
      let stem = supervisor.dropLast(ending.count)
      if !stem.isEmpty { return String(stem) }
    }
    return supervisor + "#"
  }
}
