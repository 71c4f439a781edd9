internal import BubbleEvents
internal import BubbleKernel

/// One direction of the connection between two nodes, and what its sending end believes.
struct Lane: Sendable {
  /// Something under way.
  struct Flight: Sendable {
    /// What it is.
    enum Load: Sendable {
      case signal(Signal)
      /// The connection was ended at the other end.
      case closed

      /// Whether it is more than a message, a link or a monitor of a process that is told of.
      func isChange(isUntold: (PID) -> Bool) -> Bool {
        switch self {
        case .closed, .signal(.exit), .signal(.down), .signal(.spawn), .signal(.spawned): true
        case .signal(.message(let from, _, _)): from.map(isUntold) ?? false
        case .signal(.link), .signal(.unlink), .signal(.monitor), .signal(.demonitor): false
        }
      }
    }

    /// When it is there.
    var arrival: RuntimeInstant
    /// The connection that it goes over.
    var connection: Int
    var load: Load
    var cause: Event.ID?
  }

  /// When its end takes note that a connection is gone.
  struct Notice: Sendable {
    var instant: RuntimeInstant
    var connection: Int
    var reason: NodeDownReason
    /// The event that broke the connection.
    var cause: Event.ID?
  }

  /// The connection that the sending end believes in; nil for none.
  var belief: Int?
  /// Whether the sending end has ever been connected.
  var wasConnected = false
  /// What waits for the connection to be made.
  var waiting: [Departure] = []
  /// Whether the sending end waits for it.
  var isWanted = false
  /// The event that brought the wish about.
  var cause: Event.ID?
  /// In the order of sending.
  var flights: [Flight] = []
  var notice: Notice?

  /// Puts something under way; nothing overtakes (OTP: D30).
  mutating func add(
    _ load: Flight.Load, arrival: RuntimeInstant, over connection: Int,
    cause: Event.ID?
  ) {
    let arrival = max(arrival, flights.last?.arrival ?? arrival)
    flights.append(Flight(arrival: arrival, connection: connection, load: load, cause: cause))
  }

  /// Takes out what has arrived.
  mutating func takeArrived(by now: RuntimeInstant) -> [Flight] {
    let count = flights.prefix { $0.arrival <= now }.count
    guard count > 0 else { return [] }
    defer { flights.removeFirst(count) }
    return Array(flights.prefix(count))
  }

  /// Forgets everything, as its node does when it stops.
  mutating func reset() {
    self = Lane()
  }
}

/// The cable between two nodes, and the connection over it.
struct Cable: Sendable {
  var latency: Duration
  var isCut = false
  /// The connection that carries signals now; nil when there is none, or when it was cut.
  var live: Int?
  /// How many connections there were.
  var count = 0
  /// When the connection that is being set up will be there, or fail.
  var setUp: RuntimeInstant?
}
