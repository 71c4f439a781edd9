import BubbleCells
import BubbleEvents
import BubbleTree

/// Where the parts of the timeline lie.
struct TimelineLayout {
  /// The rows above the lanes: instants, and the numbers of events.
  let header: Rect
  let lanes: Rect
  /// The rows of the cables between nodes.
  let cables: Rect
  /// The row that says where the playhead is.
  let foot: Rect
  let legend: Rect
  let detail: Rect
  let why: Rect
  /// The row of the whole session.
  let overview: Rect
  /// Cells for names, with their indentation.
  let nameWidth: Int
  /// The column of the axis' first cell.
  let axisColumn: Int
  let axisWidth: Int

  /// A blank row and two of signs.
  private static let legendRows = 3
  /// A title and two rows of causes.
  private static let whyRows = 3
  /// Deeper levels are not indented further.
  private static let mostLevels = 10

  init(_ model: ConsoleModel, in area: Rect) {
    let count = max(1, model.timeline.lanes.index.rows.count)
    var rest: Rect
    (header, rest) = area.split(top: 2)
    (rest, overview) = rest.split(bottom: rest.rows >= 5 ? 1 : 0)
    let footRows = rest.rows >= 3 ? 1 : 0
    let hasWhy = model.timeline.showsWhy && rest.rows >= Self.whyRows + 4
    (rest, why) = rest.split(bottom: hasWhy ? Self.whyRows : 0)
    let cableRows = min(model.tree.cluster.shownCables.count, rest.rows / 3)
    (lanes, rest) = rest.split(top: min(count, rest.rows - footRows - cableRows))
    (cables, rest) = rest.split(top: cableRows)
    (foot, rest) = rest.split(top: footRows)
    (legend, rest) = rest.split(top: rest.rows >= Self.legendRows ? Self.legendRows : 0)
    let hasDetail = rest.rows >= DetailStrip.leastRows
    (detail, _) = rest.split(top: hasDetail ? min(rest.rows, DetailStrip.mostRows) : 0)
    let widths = Widths(model, rows: lanes.rows)
    nameWidth = min(widths.name, max(6, area.columns * 3 / 10))
    axisColumn = area.column + min(area.columns, nameWidth + 1 + widths.life)
    let right = widths.budget + (count > lanes.rows ? 1 : 0)
    axisWidth = max(0, area.endColumn - axisColumn - right)
  }

  /// Blanks before the name of a place that lies so deep.
  static func indent(depth: Int) -> Int { 1 + min(depth, mostLevels) }

  /// What the lanes on the screen take beside the axis.
  private struct Widths {
    var name = 0
    var life = 1
    var budget = 1

    init(_ model: ConsoleModel, rows: Int) {
      let index = model.timeline.lanes.index
      for row in model.timeline.lanes.visible(rows: rows) {
        let node = model.tree[index.rows[row].slot]
        let indent = TimelineLayout.indent(depth: Int(index.rows[row].depth))
        let crown = model.tree.isCrowned(node) ? 1 : 0
        name = max(name, indent + displayWidth(node.name) + crown)
        life = max(life, String(node.life).count)
        guard let intensity = node.supervision?.flags.intensity else { continue }
        budget = max(budget, min(9, 2 * String(intensity.restarts).count + 2))
      }
      let cluster = model.tree.cluster
      for cable in cluster.shownCables {
        name = max(name, 1 + displayWidth(cluster.name(of: cable)))
      }
    }
  }
}

extension ClusterFacts {
  /// The cables that have a lane: of few nodes all.
  var shownCables: [Cable] { nodes.count > 6 ? [] : cables }

  /// The short names of both ends.
  func name(of cable: Cable) -> String {
    "\(shortName(of: cable.low)) – \(shortName(of: cable.high))"
  }
}
