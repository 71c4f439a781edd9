public import BubbleEvents
public import BubbleKernel
public import BubbleOTP

/// A connection as its process writes to it.
public struct TCPSocket: Sendable {
  /// Which one.
  public let id: SocketID
  /// Who is at the other side: address and port.
  public let peer: String
  /// Whether the other side takes in so little that nothing is written to it for now.
  public internal(set) var isCongested = false
  /// Lines that were left out meanwhile.
  public internal(set) var missed = 0

  /// Creates a connection that was accepted.
  public init(id: SocketID, peer: String) {
    self.id = id
    self.peer = peer
  }

  /// Writes a line; while the other side is slow it is counted as missed instead.
  public mutating func writeLine(_ text: String, _ context: inout ProcessContext) {
    guard !isCongested else {
      missed += 1
      return
    }
    context.askOutside(SocketRequest.write(id, Array(text.utf8) + [UInt8(ascii: "\n")]))
  }
}

/// What a connection's process does with the lines of its client (the shape of gen_tcp_server).
///
/// A value that lives in a `TCPConnection`, which keeps the limits. A callback fails by throwing;
/// only this connection ends then.
public protocol LineProtocol: Sendable {
  /// What goes on after a callback.
  typealias Verdict = ConnectionVerdict

  /// Somebody has connected (gen_tcp_server: handle_accept).
  mutating func connected(
    _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws -> Verdict
  /// A whole line has come: bytes from outside that may be anything (gen_tcp_server: handle_tcp).
  mutating func line(
    _ bytes: [UInt8], _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws -> Verdict
  /// A message from inside the machine.
  mutating func informed(
    _ message: Info, _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws -> Verdict
  /// The state, part by part, for inspection.
  func describeState() -> [ProcessInspection.Field]
}

/// Whether a connection goes on.
public enum ConnectionVerdict: Hashable, Sendable {
  /// It does.
  case goOn
  /// It is closed after what was written has gone out, and its process ends with that reason.
  case close(ExitReason)
}
