import BubbleEvents

/// Where in a record events stand whose order is not defined.
extension TraceWriter {
  /// Separates what orphans did, and puts the ends of dynamic children into name order.
  func place(_ lines: [Line], in facts: inout Facts) {
    var main: [Line] = []
    var groups: [(root: PID, lines: [Line])] = []
    for line in lines {
      guard let root = orphanRoot(of: line) else {
        main.append(line)
        continue
      }
      if let index = groups.firstIndex(where: { $0.root == root }) {
        groups[index].lines.append(line)
      } else {
        groups.append((root, [line]))
      }
    }
    facts.events = ordered(main).map(\.value)
    facts.orphans = groups.sorted { key($0.root) < key($1.root) }
      .flatMap { ordered($0.lines).map(\.value) }
  }

  /// The topmost process of the branch that the event happened in, when it had lost an ancestor.
  private func orphanRoot(of line: Line) -> PID? {
    var pid = line.actor
    while let entry = entry(of: pid) {
      if let death = deaths[entry.parent], death < line.id { return pid }
      pid = entry.parent
    }
    return nil
  }

  private func key(_ pid: PID) -> (String, Int) {
    let entry = entry(of: pid)
    return (entry?.path ?? "", entry?.generation ?? 0)
  }

  private func ordered(_ lines: [Line]) -> [Line] {
    let supervisors = lines.compactMap { line -> PID? in
      guard let pid = line.exited, entry(of: pid)?.isSimple == true else { return nil }
      return pid
    }
    let outermost = supervisors.sorted { left, right in
      let (left, right) = (key(left).0, key(right).0)
      return (left.utf8.count, left) < (right.utf8.count, right)
    }
    var result = lines
    for supervisor in outermost { sortRun(of: supervisor, &result) }
    return result
  }

  private func sortRun(of supervisor: PID, _ lines: inout [Line]) {
    guard let end = lines.firstIndex(where: { $0.exited == supervisor }),
      let path = entry(of: supervisor)?.path
    else { return }
    let prefix = path == "/" ? "/" : path + "/"
    var reports = end
    while reports > 0, lines[reports - 1].actor == supervisor, lines[reports - 1].isShutdownError {
      reports -= 1
    }
    var first = reports
    while first > 0, lines[first - 1].path.count > prefix.count,
      lines[first - 1].path.hasPrefix(prefix)
    {
      first -= 1
    }
    func name(_ line: Line) -> Substring {
      line.path.dropFirst(prefix.count).prefix { $0 != "/" }
    }
    let run = lines[first..<reports].enumerated()
      .sorted { (name($0.element), $0.offset) < (name($1.element), $1.offset) }.map(\.element)
    lines.replaceSubrange(first..<reports, with: run)
    let sorted = lines[reports..<end].sorted { $0.value.encoded < $1.value.encoded }
    lines.replaceSubrange(reports..<end, with: sorted)
  }
}
