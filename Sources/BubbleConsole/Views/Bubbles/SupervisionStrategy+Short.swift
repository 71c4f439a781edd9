import BubbleEvents

extension SupervisionStrategy {
  /// The strategy in a few cells, for where room is short.
  var short: String {
    switch self {
    case .oneForOne: "1:1"
    case .oneForAll: "1:all"
    case .restForOne: "1:rest"
    case .simpleOneForOne: "1:n"
    }
  }
}
