import BubbleCells
import BubbleEvents
package import BubbleTree

extension ConsoleModel {
  /// Whether copies of the machine are on the screen instead of the machine.
  package var isLabShown: Bool { view == .lab && lab != nil }

  /// The tree that keys act on: the machine's, or that of the lab's active column.
  package var shownTree: ProcessTree {
    isLabShown ? lab?.activeColumn.tree ?? tree : tree
  }

  /// Selects a place of the tree that keys act on, and shows it.
  ///
  /// What it is folded into is unfolded; the log, where it is shown, goes to what it tells of it.
  mutating func choose(_ slot: SlotID) {
    guard !isLabShown else {
      lab?.selection = slot
      return
    }
    select(slot)
    let path = tree.path(of: slot)
    folded.subtract(path.dropLast())
    if view == .tree, let shown = highlighted, shown != slot {
      for ancestor in path.dropLast().drop(while: { $0 != shown })
      where tree[ancestor].children.count < TreeOutline.mostBoxes {
        treeDiagram.open(ancestor)
      }
    }
    if view == .log { LogView.show(slot, in: &self) }
  }

  /// Takes in what happened to the copies.
  mutating func take(_ message: LabMessage) {
    switch message {
    case .opened(let setup, let events): openLab(setup, events)
    case .foreseen(let requests, let ahead):
      guard let count = lab?.columns.count, requests.count == count, ahead.count == count else {
        return
      }
      for (index, request) in requests.enumerated() {
        if let request { lab?.columns[index].foresee(request, ahead[index]) }
      }
    case .events(let events, let instant):
      guard let before = lab?.now, lab?.columns.count == events.count else { return }
      let (motion, frame) = (options.motion, frame)
      for (index, events) in events.enumerated() where !events.isEmpty {
        lab?.columns[index].fold(events, motion: motion, frame: frame)
      }
      lab?.now = max(before, instant)
    }
  }

  /// Shows the copies; the machine itself stands still meanwhile.
  private mutating func openLab(_ setup: LabSetup, _ events: [[Event]]) {
    let wasShown = isLabShown
    let columns = zip(setup.variants, events).map { variant, events in
      LabColumn(variant, of: tree, below: setup.supervisor, events: events)
    }
    lab = LabState(
      setup: setup, columns: columns, selection: setup.selection, beginning: now, now: now,
      origin: wasShown ? lab?.origin ?? .bubbles : view == .lab ? .bubbles : view,
      ranBefore: wasShown ? lab?.ranBefore ?? false : !pace.isPaused, isPaused: pace.isPaused)
    view = .lab
    focus = .view
    isPanelOpen = false
    browse()
  }

  /// Goes from the lab to another view: the machine goes on as it did before.
  mutating func hideLab() {
    guard isLabShown, let lab else { return }
    let isPaused = pace.isPaused
    self.lab?.isPaused = isPaused
    pause(!lab.ranBefore)
  }

  /// Goes back to a lab that is there.
  mutating func showLab() {
    guard let lab, !isLabShown else { return }
    leavePreview()
    let (isPaused, origin) = (pace.isPaused, view)
    self.lab?.ranBefore = !isPaused
    self.lab?.origin = origin
    isPanelOpen = false
    focus = .view
    view = .lab
    pause(lab.isPaused)
  }

  private mutating func pause(_ isPaused: Bool) {
    isFrozen = false
    pace.isPaused = isPaused
  }
}
