/// Which way a key goes along a list, or along time.
package enum Course: Hashable, Sendable {
  case back
  case on

  /// What is added to a position.
  var step: Int {
    switch self {
    case .back: -1
    case .on: 1
    }
  }

  /// The position after or before one of `count`; the first follows the last.
  func neighbour(of position: Int, in count: Int) -> Int { (position + step + count) % count }
}
