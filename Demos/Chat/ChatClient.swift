import BubbleEvents
import BubbleKernel
import BubbleNet
import BubbleOTP

/// One person in the chat, as the process of their connection sees them.
///
/// The process is registered as `@NAME`, so the registry itself sees to it that no name is given
/// twice, and the bubble is called after the person.
struct ChatClient: LineProtocol {
  private enum Wish: Sendable { case join }

  private var name = ""
  private var room: PID?

  func describeState() -> [ProcessInspection.Field] {
    [
      .init(name: "name", value: name),
      .init(name: "room", value: room.map { "\($0)" } ?? "waits for it"),
    ]
  }

  mutating func connected(
    _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws -> Verdict {
    repeat { name = "@guest\(context.count("guest"))" } while context.whereis(name) != nil
    try context.register(name, context.pid)
    socket.writeLine("-- welcome, \(name): you are process \(context.pid), a bubble", &context)
    socket.writeLine("-- \(Self.help)", &context)
    try join(&socket, &context)
    return .goOn
  }

  mutating func line(
    _ bytes: [UInt8], _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws -> Verdict {
    let text = ChatText.cleaned(bytes)
    guard text.first == "/" else {
      if !text.isEmpty { say(text, &socket, &context) }
      return .goOn
    }
    let words = text.split(separator: " ", maxSplits: 1)
    switch words[0] {
    case "/nick": try rename(words.count > 1 ? words[1] : "", &socket, &context)
    case "/who":
      if let room {
        context.cast(RoomNotice.who(context.pid), to: room)
      } else {
        alone(&socket, &context)
      }
    case "/crash":
      socket.writeLine("-- you crash; nobody else does", &context)
      throw RaisedError("crashed_on_request")
    case "/quit":
      socket.writeLine("-- goodbye", &context)
      return .close(.normal)
    case "/help": socket.writeLine("-- \(Self.help)", &context)
    default: socket.writeLine("-- there is no \(words[0]); \(Self.help)", &context)
    }
    return .goOn
  }

  mutating func informed(
    _ message: Info, _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws -> Verdict {
    switch message {
    case .message(let line as RoomLine): socket.writeLine(line.text, &context)
    case .message(let term as Term): socket.writeLine("-- a message for you: \(term)", &context)
    case .message(Wish.join): try join(&socket, &context)
    case .down(_, let pid, _) where pid == room:
      room = nil
      socket.writeLine("-- the room is gone; you are not, and it will be back", &context)
      try joinLater(&context)
    default: break
    }
    return .goOn
  }

  private static let help = "say something, or /nick NAME, /who, /crash, /quit"

  // MARK: - The room

  /// Goes into the room, or tries again while there is none.
  private mutating func join(
    _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws {
    guard let found = context.whereis(ChatRoom.name) else { return try joinLater(&context) }
    room = found
    _ = context.monitor(found)
    context.cast(RoomNotice.join(context.pid, name: name), to: found)
  }

  private func joinLater(_ context: inout ProcessContext) throws {
    _ = try context.sendAfter(.milliseconds(200), Wish.join, to: .pid(context.pid))
  }

  private func say(
    _ text: String, _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) {
    guard let room else { return alone(&socket, &context) }
    context.cast(RoomNotice.say(context.pid, text), to: room)
  }

  private func alone(_ socket: inout TCPSocket, _ context: inout ProcessContext) {
    socket.writeLine("-- there is no room just now; try again", &context)
  }

  private mutating func rename(
    _ word: Substring, _ socket: inout TCPSocket, _ context: inout ProcessContext
  ) throws {
    guard let asked = ChatText.name(word) else {
      return socket.writeLine(
        "-- a name is up to \(ChatText.nameLimit) letters, digits, - or _", &context)
    }
    let new = "@" + asked
    guard context.whereis(new) == nil else {
      return socket.writeLine("-- somebody is called \(new) already", &context)
    }
    try context.unregister(name)
    try context.register(new, context.pid)
    name = new
    socket.writeLine("-- you are \(new) now", &context)
    if let room { context.cast(RoomNotice.join(context.pid, name: new), to: room) }
  }
}
