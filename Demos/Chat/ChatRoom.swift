import BubbleEvents
import BubbleKernel
import BubbleOTP

/// What the room is told by the people in it.
enum RoomNotice: Hashable, Sendable {
  /// Somebody comes, or is called otherwise now.
  case join(PID, name: String)
  /// Somebody says something.
  case say(PID, String)
  /// Somebody asks who is there.
  case who(PID)
}

/// A line that the room has for somebody.
struct RoomLine: Hashable, Sendable {
  var text: String
}

/// The room: knows who is there, and passes on what is said.
///
/// Comings and goings are told together five times a second, so that a crowd that comes and goes
/// costs everybody little.
struct ChatRoom: GenServer {
  static let name = "room"
  /// How many who came or went are named at once.
  private static let newsShown = 8
  private enum Tick: Sendable { case tick }

  private struct Person: Sendable {
    var name: String
    var mark: Reference
  }

  private var people: [PID: Person] = [:]
  /// The order in which they came.
  private var order: [PID] = []
  private var news: [String] = []
  private var said = 0

  func describeState() -> [ProcessInspection.Field] {
    [
      .init(name: "people", value: String(order.count)),
      .init(name: "lines said", value: String(said)),
      .init(
        name: "last to come",
        value: order.suffix(5).reversed().compactMap { people[$0]?.name }.joined(separator: ", ")),
    ]
  }

  mutating func handleCast(
    _ notice: RoomNotice, _ context: inout ProcessContext
  ) throws -> CastResult<ChatRoom> {
    switch notice {
    case .join(let pid, let name): try join(pid, name, &context)
    case .say(let pid, let text):
      guard let person = people[pid] else { break }
      said += 1
      tell("\(person.name): \(text)", &context)
    case .who(let pid):
      let names = order.prefix(30).compactMap { people[$0]?.name }.joined(separator: " ")
      let others = order.count > 30 ? " and \(order.count - 30) more" : ""
      context.send(RoomLine(text: "-- \(order.count) here: \(names)\(others)"), to: pid)
    }
    return .noReply
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<ChatRoom> {
    switch message {
    case .down(_, let pid?, let reason):
      guard let person = people.removeValue(forKey: pid) else { break }
      order.removeAll { $0 == pid }
      try announce(person.name + (reason.isAbnormal ? " has crashed" : " has left"), &context)
    case .message(Tick.tick): tellNews(&context)
    default: break
    }
    return .noReply
  }

  private mutating func join(
    _ pid: PID, _ name: String, _ context: inout ProcessContext
  ) throws {
    if let known = people[pid] {
      people[pid]?.name = name
      return try announce("\(known.name) is \(name) now", &context)
    }
    people[pid] = Person(name: name, mark: context.monitor(pid))
    order.append(pid)
    try announce("\(name) is here", &context)
  }

  // MARK: - Telling

  private mutating func announce(_ text: String, _ context: inout ProcessContext) throws {
    if news.isEmpty {
      _ = try context.sendAfter(.milliseconds(200), Tick.tick, to: .pid(context.pid))
    }
    news.append(text)
  }

  private mutating func tellNews(_ context: inout ProcessContext) {
    let first = news.prefix(Self.newsShown).joined(separator: ", ")
    let left = news.count - Self.newsShown
    let others = left > 0 ? ", and \(left) more came or went" : ""
    news = []
    tell("-- \(first)\(others)", &context)
  }

  private func tell(_ text: String, _ context: inout ProcessContext) {
    let line = RoomLine(text: text)
    for pid in order { context.send(line, to: pid) }
  }
}
