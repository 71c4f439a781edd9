import BubbleCells

/// One way to draw a subtree at a given size of worker: its outline, and where its children stand
/// in it.
struct BubbleBody: Hashable, Sendable {
  /// What fills the outline.
  enum Content: Hashable, Sendable {
    /// A worker.
    case worker
    /// A supervisor's ring around its children.
    case ring
    /// A supervisor drawn as one bubble with a count of its processes.
    case folded
    /// A supervisor whose workers are dots.
    case crowd
  }

  /// A child and its place, relative to the centre.
  struct Part: Hashable, Sendable {
    var body: BubbleBody
    var x: Double
    var y: Double
  }

  /// The slot, as an index into the forest.
  var slot: Int
  var content: Content
  var outline: BubbleOutline
  /// The centre's column stands at this remainder of 2, so that names sit in whole cells.
  var columnPhase: Double
  /// The centre's row stands at this remainder of 4, so that names sit in whole rows.
  var rowPhase: Double
  var parts: [Part]
}

extension BubbleBody {
  /// How far from the most pleasing proportion it is, as a factor's logarithm.
  var strain: Double { abs(logarithm(outline.a / outline.b / 1.3)) }
}
