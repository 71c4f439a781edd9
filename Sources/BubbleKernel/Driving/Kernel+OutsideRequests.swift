extension Kernel {
  /// Whether what processes ask of the outside is kept for a driver; off at first, and then it is
  /// dropped.
  public var reachesOutside: Bool {
    get { context.core.reachesOutside }
    set {
      context.core.reachesOutside = newValue
      if !newValue { context.core.outsideRequests = [] }
    }
  }

  /// Takes out what processes have asked of the outside since the last time, in order.
  public mutating func takeOutsideRequests() -> [OutsideRequest] {
    var requests: [OutsideRequest] = []
    swap(&requests, &context.core.outsideRequests)
    return requests
  }
}
