package import BubbleEvents
package import BubbleTree

/// Everything that the timeline shows, taken in event by event.
///
/// Taking in an event costs the same however many there are; the oldest columns are forgotten when
/// there are too many.
package struct TimelineBook: EventFold, Sendable {
  /// The columns that are kept, in the order of their events.
  package private(set) var columns: [TimelineColumn] = []
  /// The number of the first column that is kept.
  package private(set) var firstColumn = 0
  /// When processes crashed, for the line of the whole session.
  package private(set) var overview = TimelineOverview()
  /// The marks of each place, by its index; the last forgotten one stays, since it says how things
  /// stood.
  private var lanes: [[TimelineMark]] = []
  /// The marks of each cable between nodes.
  private var cables: [ClusterFacts.Cable: [TimelineMark]] = [:]
  private var courses: TimelineCourses
  private let limit: Int

  /// Cells of a column.
  package static let columnWidth = 2
  /// Cells of quiet time, however long.
  package static let foldWidth = 5

  /// Keeps at least `limit` columns.
  package init(limit: Int = 65_536) {
    precondition(limit > 0, "a timeline keeps at least one column")
    self.limit = limit
    courses = TimelineCourses(limit: limit)
  }

  /// Whether a span without events is folded; shorter ones are not shown.
  package static func isQuiet(_ span: Duration) -> Bool { span >= .milliseconds(50) }

  /// Takes in the next event, which `tree` has just folded.
  package mutating func fold(_ event: Event, in tree: ProcessTree) {
    if case .node(let node, let happening) = event.kind {
      return fold(happening, of: node, event, in: tree)
    }
    let told = mark(of: event, in: tree)
    let hasColumn = told?.kind.ownsColumn ?? false
    let course = courses.follow(event, hasColumn: hasColumn, in: tree)
    guard let (slot, kind) = told else { return }
    if hasColumn { addColumn(event, course ?? 0) }
    add(kind, to: slot, event, in: tree)
    if kind == .crashed { overview.add(event.instant) }
    if columns.count > 2 * limit { dropOldest() }
  }

  private mutating func add(
    _ kind: TimelineMark.Kind, to slot: SlotID, _ event: Event, in tree: ProcessTree
  ) {
    let index = Int(slot.index)
    while lanes.count <= index { lanes.append([]) }
    lanes[index].append(mark(kind, event, life: Int32(clamping: tree[slot].life)))
  }

  private func mark(_ kind: TimelineMark.Kind, _ event: Event, life: Int32) -> TimelineMark {
    TimelineMark(
      event: event.id, instant: event.instant, kind: kind, life: life,
      column: firstColumn + columns.count - 1)
  }

  // MARK: - Nodes

  /// A node and all on it have one column when it stops, and a cable one when it is cut or comes
  /// into use.
  private mutating func fold(
    _ happening: NodeEvent, of node: NodeID, _ event: Event, in tree: ProcessTree
  ) {
    var cable: (cable: ClusterFacts.Cable, kind: TimelineMark.Kind)?
    let lane: (slot: SlotID, kind: TimelineMark.Kind)?
    switch happening {
    case .started: lane = tree.slot(of: node).map { ($0, .started) }
    case .stopped: lane = tree.slot(of: node).map { ($0, .stopped) }
    case .connected(let other, _), .disconnected(let other, _), .cableCut(let other),
      .cableHealed(let other):
      lane = nil
      cable = change(of: ClusterFacts.Cable(node, other), in: tree)
    case .globalNameRegistered, .globalNameReleased, .globalNameConflict, .groupJoined, .groupLeft,
      .leaderElected, .leaderSurrendered, .leaderResigned:
      lane = nil
    }
    let hasColumn = (lane?.kind ?? cable?.kind)?.ownsColumn ?? false
    let course = courses.follow(event, hasColumn: hasColumn, in: tree)
    if hasColumn { addColumn(event, course ?? 0) }
    if let lane {
      add(lane.kind, to: lane.slot, event, in: tree)
      for place in lane.kind == .stopped ? tree.places(endedBy: event.id) : [] {
        add(.stopped, to: place, event, in: tree)
      }
    }
    if let cable { cables[cable.cable, default: []].append(mark(cable.kind, event, life: 0)) }
    if columns.count > 2 * limit { dropOldest() }
  }

  /// What a cable becomes; nil when it stays what it is.
  private func change(
    of cable: ClusterFacts.Cable, in tree: ProcessTree
  ) -> (cable: ClusterFacts.Cable, kind: TimelineMark.Kind)? {
    let kind: TimelineMark.Kind =
      switch tree.cluster.state(of: cable) {
      case .connected: .started
      case .oneSided, .unused: .stopping
      case .cut: .crashed
      }
    let last = cables[cable]?.last?.kind
    return last == kind || (last == nil && kind == .stopping) ? nil : (cable, kind)
  }

  // MARK: - Reading

  /// The marks of a cable, in order: it comes into use, goes out of use, is cut.
  package func marks(of cable: ClusterFacts.Cable) -> [TimelineMark] { cables[cable] ?? [] }

  /// The numbers of the columns that are kept.
  package var numbers: Range<Int> { firstColumn..<firstColumn + columns.count }

  /// The column with that number, which must be kept.
  package subscript(column number: Int) -> TimelineColumn { columns[number - firstColumn] }

  /// The last column whose event is not after `event`.
  package func lastColumn(notAfter event: Event.ID) -> Int? {
    let count = columns.partitioningIndex { $0.event > event }
    return count == 0 ? nil : firstColumn + count - 1
  }

  /// The last column that is not after `instant`.
  package func lastColumn(notAfter instant: RuntimeInstant) -> Int? {
    let count = columns.partitioningIndex { $0.instant > instant }
    return count == 0 ? nil : firstColumn + count - 1
  }

  /// The marks of a place, in order.
  package func marks(of slot: SlotID) -> [TimelineMark] {
    let index = Int(slot.index)
    return lanes.indices.contains(index) ? lanes[index] : []
  }

  /// How many columns the course of `column` has, and the event that it began with.
  package func course(of column: TimelineColumn) -> (count: Int, root: Event.ID)? {
    courses[column.course].map { ($0.count, $0.root) }
  }

  /// When the course of `column` began.
  package func beginning(of column: TimelineColumn) -> RuntimeInstant {
    courses[column.course]?.instant ?? column.instant
  }

  // MARK: - Private

  private mutating func addColumn(_ event: Event, _ course: Int) {
    let number = courses.count(course, at: event.instant)
    var cell = 0
    if let last = columns.last {
      let isFolded = Self.isQuiet(event.instant - last.instant)
      cell = last.cell + Self.columnWidth + (isFolded ? Self.foldWidth : 0)
    }
    columns.append(
      TimelineColumn(
        event: event.id, instant: event.instant, cell: cell, course: course, number: number))
  }

  private mutating func dropOldest() {
    let first = firstColumn + columns.count - limit
    columns.removeFirst(first - firstColumn)
    firstColumn = first
    for index in lanes.indices {
      let gone = lanes[index].partitioningIndex { $0.column >= first }
      if gone > 1 { lanes[index].removeFirst(gone - 1) }
    }
    for (cable, marks) in cables {
      let gone = marks.partitioningIndex { $0.column >= first }
      if gone > 1 { cables[cable]?.removeFirst(gone - 1) }
    }
  }

  /// What `event` means for the lane of a place.
  private func mark(
    of event: Event, in tree: ProcessTree
  ) -> (slot: SlotID, kind: TimelineMark.Kind)? {
    switch event.kind {
    case .process(let pid, .spawned): return tree.home(of: pid).map { ($0, .started) }
    case .child(_, _, .started(let pid)):
      // Only a process that was there before its start function ran has no beginning yet.
      guard let slot = tree.home(of: pid), marks(of: slot).last?.kind.isEnd != false else {
        return nil
      }
      return (slot, .started)
    case .process(let pid, .exited): return end(of: pid, in: tree)
    case .child(_, _, .startFailed): return tree.subject(of: event).map { ($0, .crashed) }
    case .child(_, _, .ignored): return tree.subject(of: event).map { ($0, .stopped) }
    case .process(let pid, .suspended): return tree.home(of: pid).map { ($0, .suspended) }
    case .process(let pid, .resumed): return tree.home(of: pid).map { ($0, .resumed) }
    case .child(_, _, .stopping(let pid, _)): return tree.home(of: pid).map { ($0, .stopping) }
    case .supervisor(let pid, .intensityExceeded), .supervisor(let pid, .autoShutdownStarted):
      return tree.home(of: pid).map { ($0, .stopping) }
    case .supervisor(let pid, .restartCounted): return tree.home(of: pid).map { ($0, .counted) }
    case .requested, .requestRefused, .process, .signal, .supervisor, .child, .application,
      .release, .node, .reported, .message, .limitReached:
      return nil
    }
  }

  private func end(
    of pid: PID, in tree: ProcessTree
  ) -> (slot: SlotID, kind: TimelineMark.Kind)? {
    guard let slot = tree.slot(of: pid), tree[slot].pid == nil, tree[slot].previousPID == pid
    else { return nil }
    switch tree[slot].state {
    // Its supervisor says how the start went.
    case .starting: return nil
    case .gaveUp: return (slot, .gaveUp)
    case .crashed: return (slot, .crashed)
    case .running, .stopping, .stopped, .restarting, .suspended: return (slot, .stopped)
    }
  }
}

extension TimelineMark.Kind {
  /// Whether nobody lives in the place after it.
  var isEnd: Bool {
    switch self {
    case .crashed, .stopped, .gaveUp: true
    case .started, .suspended, .resumed, .stopping, .counted: false
    }
  }
}

extension ProcessTree {
  /// The place in which `pid` lives.
  fileprivate func home(of pid: PID) -> SlotID? {
    guard let slot = slot(of: pid), self[slot].pid == pid else { return nil }
    return slot
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index from which on `isAfter` holds, of a collection in which it holds for no
  /// element before one for which it does not; found by halving.
  func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
