public import BubbleEvents
public import BubbleKernel
public import BubbleOTP

/// What one connection may do.
public struct ConnectionLimits: Hashable, Sendable {
  /// How fast lines are read.
  public var rate: LineRate
  /// How long somebody may be silent; half a line counts as silence.
  public var idle: Duration
  /// How long somebody may take in nothing while there is something to send.
  public var slowReader: Duration

  /// Creates limits.
  public init(
    rate: LineRate = LineRate(perSecond: 5, burst: 10), idle: Duration = .seconds(600),
    slowReader: Duration = .seconds(5)
  ) {
    self.rate = rate
    self.idle = idle
    self.slowReader = slowReader
  }
}

/// The process of one connection: a gen_server that keeps the limits and leaves the rest to a
/// `LineProtocol` (OTP: a ranch protocol; gen_tcp_server).
///
/// It takes the socket over from the acceptor, asks for one line at a time, and ends with the
/// connection: `normal` when the other side has finished, `{shutdown,idle}`,
/// `{shutdown,slow_reader}` or `{shutdown,{tcp_error,Words}}`. A failure of the protocol ends this
/// process only.
public struct TCPConnection<Wire: LineProtocol>: GenServer {
  private enum Alarm: Sendable { case readAgain, idle, stillSlow(Int) }

  private var wire: Wire
  private var socket: TCPSocket
  private var limits: ConnectionLimits
  private var lines = 0
  private var lastLine = RuntimeInstant.zero
  /// How often the other side was slow.
  private var congestions = 0

  /// Creates the process of a connection.
  public init(_ wire: Wire, socket: TCPSocket, limits: ConnectionLimits) {
    self.wire = wire
    self.socket = socket
    self.limits = limits
  }

  /// `gen_server` and the name of the protocol.
  public var behaviour: String { "gen_server \(Wire.self)" }

  /// Who is connected, what the protocol keeps, and how the limits stand.
  public func describeState() -> [ProcessInspection.Field] {
    wire.describeState() + [
      .init(name: "peer", value: socket.peer),
      .init(name: "lines", value: String(lines)),
      .init(name: "congested", value: String(socket.isCongested)),
      .init(name: "missed", value: String(socket.missed)),
    ]
  }

  /// Takes the socket over and asks for the first line.
  public mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Self> {
    context.askOutside(SocketRequest.own(socket.id))
    lastLine = context.now
    try setAlarm(.idle, after: limits.idle, &context)
    switch try wire.connected(&socket, &context) {
    case .goOn:
      context.askOutside(SocketRequest.read(socket.id))
      return .ok
    case .close(let reason):
      context.askOutside(SocketRequest.close(socket.id))
      return .stop(reason)
    }
  }

  /// Handles what the socket tells, and leaves the rest to the protocol.
  public mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Self> {
    switch message {
    case .message(let event as SocketEvent): return try handle(event, &context)
    case .message(let alarm as Alarm): return try handle(alarm, &context)
    default: return result(try wire.informed(message, &socket, &context), &context)
    }
  }

  // MARK: - The socket

  private mutating func handle(
    _ event: SocketEvent, _ context: inout ProcessContext
  ) throws -> CastResult<Self> {
    switch event {
    case .line(_, let bytes):
      lines += 1
      let verdict = try wire.line(bytes, &socket, &context)
      try lineCame(&context)
      return result(verdict, &context)
    case .overlong:
      socket.writeLine("-- that line was too long, and is gone", &context)
      try lineCame(&context)
    case .congested:
      socket.isCongested = true
      congestions += 1
      try setAlarm(.stillSlow(congestions), after: limits.slowReader, &context)
    case .relieved:
      socket.isCongested = false
      let missed = socket.missed
      socket.missed = 0
      if missed > 0 {
        let lines = missed == 1 ? "a line" : "\(missed) lines"
        socket.writeLine("-- you were slow and missed \(lines)", &context)
      }
    case .closed(_, .finished): return .stop(.normal)
    case .closed(_, .tooSlow): return .stop(.shutdownBecause("slow_reader"))
    case .closed(_, .failed(let words)):
      return .stop(.shutdownBecause(.tuple(["tcp_error", .atom(words)])))
    case .listening, .cannotListen, .accepted: break
    }
    return .noReply
  }

  /// Asks for the next line, now or when the rate allows it.
  private mutating func lineCame(_ context: inout ProcessContext) throws {
    lastLine = context.now
    let pause = limits.rate.pause(afterLineAt: context.now)
    if pause > .zero {
      try setAlarm(.readAgain, after: pause, &context)
    } else {
      context.askOutside(SocketRequest.read(socket.id))
    }
  }

  private mutating func handle(
    _ alarm: Alarm, _ context: inout ProcessContext
  ) throws -> CastResult<Self> {
    switch alarm {
    case .readAgain: context.askOutside(SocketRequest.read(socket.id))
    case .idle:
      let silence = context.now - lastLine
      guard silence >= limits.idle else {
        try setAlarm(.idle, after: limits.idle - silence, &context)
        break
      }
      socket.writeLine("-- nothing came from you for too long: goodbye", &context)
      return .stop(.shutdownBecause("idle"))
    case .stillSlow(let number):
      guard socket.isCongested, number == congestions else { break }
      return .stop(.shutdownBecause("slow_reader"))
    }
    return .noReply
  }

  private func setAlarm(
    _ alarm: Alarm, after delay: Duration, _ context: inout ProcessContext
  ) throws {
    _ = try context.sendAfter(delay, alarm, to: .pid(context.pid))
  }

  private func result(
    _ verdict: ConnectionVerdict, _ context: inout ProcessContext
  ) -> CastResult<Self> {
    switch verdict {
    case .goOn: return .noReply
    case .close(let reason):
      context.askOutside(SocketRequest.close(socket.id))
      return .stop(reason)
    }
  }
}
