package import BubbleCells
import BubbleEvents
package import BubbleTree

/// What the bubbles view remembers between frames.
package struct BubblesState: Sendable {
  /// Where the bubbles are.
  package private(set) var layout: BubbleLayout?
  /// What moves.
  package var motions = BubbleMotions()
  /// The supervisors that were zoomed into, the outermost first.
  package var zoom: [SlotID] = []

  private var forest: BubbleForest?
  private var shapeVersion: Int?
  private var packedRoot: SlotID?
  private var glide: Glide?

  /// The way from one layout to the next.
  private struct Glide: Sendable {
    var from: BubbleLayout
    var start: Int
  }

  /// Frames in which bubbles glide to new places.
  private static let glideLength = 8

  package init() {}

  /// The tree is another one: nothing moves, and everything is packed again where it differs.
  package mutating func forget() {
    motions = BubbleMotions()
    shapeVersion = nil
    glide = nil
  }

  /// Packs the tree again if it or the canvas has changed; `isBusy` puts off a change of the tree.
  package mutating func pack(
    _ tree: ProcessTree, size: Size, isBusy: Bool, glides: Bool, frame: Int
  ) {
    zoom.removeAll { !tree.contains($0) || tree[$0].kind != .supervisor }
    let isSameCanvas =
      layout.map { $0.columns == size.columns && $0.rows == size.rows } ?? false
    let isSameRoot = packedRoot == zoom.last
    let isKnown = shapeVersion == tree.shapeVersion || (isBusy && shapeVersion != nil)
    if isSameCanvas, isSameRoot, isKnown { return }
    shapeVersion = tree.shapeVersion
    packedRoot = zoom.last
    let new = BubbleForest(tree, below: zoom.last)
    if isSameCanvas, new == forest { return }
    forest = new
    let earlier = shown(at: frame)
    layout = BubbleLayout(new, columns: size.columns, rows: size.rows)
    glide = earlier.flatMap { glides && !$0.shapes.isEmpty ? Glide(from: $0, start: frame) : nil }
  }

  /// The layout as it is drawn in a frame: on its way to new places, or there.
  package func shown(at frame: Int) -> BubbleLayout? {
    guard let layout, let glide, frame < glide.start + Self.glideLength else { return layout }
    let progress = Double(frame - glide.start) / Double(Self.glideLength)
    return layout.gliding(from: glide.from, progress: progress)
  }

  /// Whether anything moves in a frame.
  package func isMoving(_ frame: Int) -> Bool {
    if let glide, frame < glide.start + Self.glideLength { return true }
    return motions.isMoving(frame)
  }
}
