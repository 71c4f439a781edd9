import BubbleCells
import BubbleEvents
import BubbleTree

extension ConsoleModel {
  /// Takes in what happened.
  mutating func fold(_ events: [Event]) {
    told.fold(events)
    if let refused = events.last(where: { $0.kind.isRefusal }) {
      notice = tree.narrate(refused)?.spans.map(\.text).joined()
    }
    if isFollowing,
      let slot = events.last(where: { tree.subject(of: $0) != nil }).flatMap({
        tree.subject(of: $0)
      })
    {
      select(slot)
    }
    retirePlan()
  }

  mutating func inspectionArrived(_ fresh: ProcessInspection?) {
    guard let fresh, fresh.pid == selectedNode?.pid else { return }
    inspection = fresh
  }

  /// Looks into the selection again where the panel shows it.
  mutating func inspectAgain() -> [ConsoleCommand] {
    guard let pid = selectedNode?.processPID, capabilities.contains(.inspects) else { return [] }
    return [.inspect(pid)]
  }

  /// Brings what follows from the rest up to date: selection, views, and what is looked at.
  mutating func settle(after events: [Event]) -> [ConsoleCommand] {
    mendSelection()
    if filter.refresh(tree), let first = filter.first,
      !(selection.map { filter.matches.contains($0) } ?? false)
    {
      choose(first)
    }
    var commands = previewSelection()
    let area = Regions(self).body
    for kind in ViewKind.allCases where kind == view || !events.isEmpty {
      kind.view.refresh(&self, after: events, in: area)
    }
    commands += lookAtWhatIsVisible(in: area)
    commands += listenToMessages()
    return commands
  }

  /// The machine tells of messages while the log shows them; in the past it tells what it told.
  private mutating func listenToMessages() -> [ConsoleCommand] {
    guard !travel.isPast, travel.tellsMessages != log.isVerbose else { return [] }
    travel.tellsMessages = log.isVerbose
    return [.tellMessages(log.isVerbose)]
  }

  /// The selection is the first worker at the start, and goes to its supervisor when it is gone.
  private mutating func mendSelection() {
    if let selection, tree.contains(selection) {
      selectionPath = tree.path(of: selection)
      return
    }
    if let ancestor = selectionPath.last(where: { tree.contains($0) }) {
      select(ancestor)
    } else {
      select(tree.firstWorker)
    }
  }

  private mutating func lookAtWhatIsVisible(in area: Rect) -> [ConsoleCommand] {
    guard capabilities.contains(.inspects) else { return [] }
    var pids = view.view.visibleSlots(in: area, model: self).compactMap { tree[$0].processPID }
    let selected = selectedNode?.processPID
    if let selected, !pids.contains(selected) { pids.append(selected) }
    var commands: [ConsoleCommand] = []
    if pids != observed {
      observed = pids
      commands.append(.observe(pids))
    }
    if let selected, selected != inspected {
      commands.append(.inspect(selected))
    }
    inspected = selected
    if inspection?.pid != selected { inspection = nil }
    return commands
  }
}

extension ProcessTree {
  /// The worker that started first, or the first root when there is none.
  var firstWorker: SlotID? {
    var next = roots
    next.reverse()
    while let slot = next.popLast() {
      let node = self[slot]
      if node.kind == .worker { return slot }
      next.append(contentsOf: node.children.reversed())
    }
    return roots.first
  }
}

extension Event.Kind {
  /// Whether what somebody asked for cannot be done.
  fileprivate var isRefusal: Bool {
    if case .requestRefused = self { true } else { false }
  }
}
