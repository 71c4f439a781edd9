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

      /// The bytes that it has on a cable: those of its text, and some around it.
      var size: Int {
        switch self {
        case .closed: 16
        case .signal(.message(_, _, let message)): 16 + message.description.utf8.count
        case .signal(.exit(_, _, let reason, _)), .signal(.down(_, _, _, let reason)):
          16 + reason.description.utf8.count
        case .signal(.link), .signal(.unlink), .signal(.monitor), .signal(.demonitor),
          .signal(.spawn), .signal(.spawned):
          16
        }
      }

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
  /// When the last of what was sent has left this end.
  var sent = RuntimeInstant.zero
  var notice: Notice?

  /// Puts something under way; nothing overtakes (OTP: D30), and what is large holds up what comes
  /// after it.
  mutating func add(
    _ load: Flight.Load, at now: RuntimeInstant, over cable: Cable, _ connection: Int,
    cause: Event.ID?
  ) {
    sent = max(sent, now) + cable.sendingTime(of: load)
    let arrival = max(sent + cable.latency, flights.last?.arrival ?? now)
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
  /// Bytes a second in each direction; nil for any number.
  var bandwidth: Int?
  var isCut = false
  /// The connection that carries signals now; nil when there is none, or when it was cut.
  var live: Int?
  /// How many connections there were.
  var count = 0
  /// When the connection that is being set up will be there, or fail.
  var setUp: RuntimeInstant?

  /// How long it takes until something has left its end.
  func sendingTime(of load: Lane.Flight.Load) -> Duration {
    guard let bandwidth else { return .zero }
    return .nanoseconds(load.size * 1_000_000_000 / max(1, bandwidth))
  }
}
