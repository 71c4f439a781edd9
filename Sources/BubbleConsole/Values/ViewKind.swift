/// The views, in the order of their number keys.
package enum ViewKind: Int, CaseIterable, Hashable, Sendable {
  case bubbles = 1
  case tree = 2
  case table = 3
  case time = 4
  case lab = 5
  case log = 6

  /// The name in the header, in `:view` and on the command line.
  package var name: String {
    switch self {
    case .bubbles: "bubbles"
    case .tree: "tree"
    case .table: "table"
    case .time: "time"
    case .lab: "lab"
    case .log: "log"
    }
  }

  package init?(name: some StringProtocol) {
    guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }

  /// Whether the panel always stands beside the view where there is room for both.
  var standsBesidePanel: Bool { self == .bubbles }

  /// Whether the view itself says how far back the shown moment is, so that no band has to.
  var showsPast: Bool { self == .time }
}
