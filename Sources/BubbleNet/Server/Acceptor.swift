import BubbleEvents
import BubbleKernel
import BubbleOTP

/// Accepts one connection after the other and has a process started for each.
///
/// The connection belongs to the acceptor until that process has taken it over, so one that is lost
/// on the way is closed.
struct Acceptor: GenServer {
  enum Continuation: Sendable { case next }

  let server: TCPServer
  var accepted = 0
  var address = "nothing is open yet"

  init(_ server: TCPServer) { self.server = server }

  func describeState() -> [ProcessInspection.Field] {
    [
      .init(name: "connect with", value: address),
      .init(name: "accepted", value: String(accepted)),
    ]
  }

  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Acceptor> {
    .running(.continue(.next))
  }

  /// Waits for room, and then for somebody to connect.
  mutating func handleContinue(
    _ continuation: Continuation, _ context: inout ProcessContext
  ) throws -> CastResult<Acceptor> {
    guard let gate = context.whereis(server.gateName) else { return .stop(.noProcess) }
    return .wait(
      try .calling(GateRequest.enter, to: gate, timeout: nil, &context) {
        (acceptor: inout Acceptor, _: Term, context) in
        context.askOutside(SocketRequest.accept(acceptor.server.name))
        return .noReply
      })
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Acceptor> {
    guard case .message(let event as SocketEvent) = message else { return .noReply }
    switch event {
    case .listening(_, let port): address = "nc 127.0.0.1 \(port)"
    case .cannotListen(_, let words):
      throw RaisedError(.tuple(["listen_error", .text(words)]))
    case .accepted(let socket, let peer):
      accepted += 1
      return try serve(TCPSocket(id: socket, peer: peer), &context)
    case .line, .overlong, .congested, .relieved, .closed: break
    }
    return .noReply
  }

  private func serve(
    _ socket: TCPSocket, _ context: inout ProcessContext
  ) throws -> CastResult<Acceptor> {
    guard let supervisor = context.whereis(server.connectionsName) else {
      return .stop(.noProcess)
    }
    let spec = ChildSpec(
      id: "connection", start: server.connection(socket), restart: .temporary,
      shutdown: server.shutdown)
    return .wait(
      try .calling(SupervisorRequest.startChild(spec), to: supervisor, timeout: nil, &context) {
        (acceptor: inout Acceptor, reply: SupervisorReply, context) in
        if case .child(let pid?, _) = reply {
          guard let gate = context.whereis(acceptor.server.gateName) else {
            return .stop(.noProcess)
          }
          context.cast(GateNotice.entered(pid), to: gate)
        } else {
          context.askOutside(SocketRequest.close(socket.id))
        }
        return .noReplying(.continue(.next))
      })
  }
}
