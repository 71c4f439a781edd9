import BubbleCells
package import BubbleCopyOnWrite
import BubbleEvents
package import BubbleTree

/// One copy of the machine in the lab, as far as its events told.
package struct LabColumn: Sendable {
  package let variant: LabVariant
  /// Whether the machine itself is set like that.
  package let isPresent: Bool
  package private(set) var tree: ProcessTree
  package private(set) var tally: LabTally
  /// What the last thing that was asked brings about, followed step by step.
  @Boxed package private(set) var plan: Plan? = nil
  /// What happened last.
  @Boxed package private(set) var told: Narration? = nil
  /// Where its bubbles are.
  @Boxed package private(set) var layout: BubbleLayout? = nil
  @Boxed package private(set) var motions = BubbleMotions()

  @Boxed private var forest: BubbleForest? = nil
  private var shapeVersion: Int?

  /// A copy that became its variant by `events`.
  init(_ variant: LabVariant, of tree: ProcessTree, below top: SlotID, events: [Event]) {
    self.variant = variant
    isPresent = tree[top].supervision.map { variant.changesNothing(of: $0.flags) } ?? false
    self.tree = tree
    for event in events { self.tree.fold(event) }
    tally = LabTally(self.tree, below: top)
  }

  /// Takes in what will come of `request`.
  mutating func foresee(_ request: ControlRequest, _ ahead: [Event]) {
    plan = Plan(tree: tree, request: request, events: ahead)
  }

  /// Takes in what happened.
  mutating func fold(_ events: [Event], motion: ConsoleOptions.Motion, frame: Int) {
    var followed = plan
    plan = nil
    defer { plan = followed }
    for event in events {
      tree.fold(event)
      tally.fold(event, in: tree)
      followed?.fold(event, in: tree)
      if let line = tree.narrate(event) { told = line }
      guard motion != .none, let layout else { continue }
      motions.note(event, in: tree, layout: layout, isReduced: motion == .reduced, frame: frame)
    }
  }

  /// Packs the bubbles below `top` where they or the canvas changed; `other` may have done so.
  mutating func pack(below top: SlotID, size: Size, like other: LabColumn?) {
    let isSameCanvas =
      layout.map { $0.columns == size.columns && $0.rows == size.rows } ?? false
    if isSameCanvas, shapeVersion == tree.shapeVersion { return }
    shapeVersion = tree.shapeVersion
    guard tree.contains(top) else { return }
    let new = BubbleForest(tree, below: top)
    if isSameCanvas, let forest, forest.hasRoom(for: new) { return }
    forest = new
    if let other, other.forest == new, let known = other.layout, known.columns == size.columns,
      known.rows == size.rows
    {
      layout = known
    } else {
      layout = BubbleLayout(new, columns: size.columns, rows: size.rows)
    }
  }
}

extension BubbleForest {
  /// Whether all of `other` has its place already; places that nobody needs any more stay empty, so
  /// that the pictures can be compared.
  fileprivate func hasRoom(for other: BubbleForest) -> Bool {
    let known = Set(slots.map(\.id))
    return other.slots.allSatisfy { known.contains($0.id) }
  }
}

extension LabColumn {
  /// How long what was asked is waited for before something else may be asked.
  private static let patience = Duration.seconds(10)

  /// Whether what was asked at `instant` still brings something about at `now`.
  func isBusy(since instant: RuntimeInstant, at now: RuntimeInstant) -> Bool {
    guard let plan, !plan.isComplete else { return false }
    return now < instant + Self.patience
  }

  /// How far it is with what was asked, in words, or in as few cells as possible.
  func progress(isShort: Bool = false) -> Span {
    guard let plan else { return Span(variant.title + (isPresent ? ", as now" : ""), .dim) }
    let steps = plan.stops + plan.starts
    guard !plan.isComplete else { return Span("done", .running) }
    let begun = steps.count { $0.progress != .pending }
    let isStopping = plan.stops.contains { $0.progress != .done }
    return Span(
      isShort ? "\(begun)/\(steps.count)" : "step \(begun) of \(steps.count)",
      isStopping ? .stopping : .starting)
  }
}
