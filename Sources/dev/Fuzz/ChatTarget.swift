import BubbleChat
import Glibc

/// Takes lines to a chat on a real socket; everybody else stays connected.
final class ChatTarget: FuzzTarget {
  private let chat: Chat
  /// Somebody who only listens.
  private let bystander: StormClient

  init() throws {
    var settings = Chat.Settings()
    settings.port = 0
    chat = try Chat(settings)
    guard let bystander = StormClient(port: chat.port) else { throw Unreachable() }
    self.bystander = bystander
  }

  /// Nobody could connect.
  private struct Unreachable: Error {}

  func input(seed: UInt64) -> [UInt8] {
    var mutation = Mutation(seed: seed)
    let lines = [
      "hello", "/nick ann", "/who", "/crash", "/quit", "/help", "/nick \u{3164}", "a @b c", "",
    ]
    return mutation.number(below: 3) == 0
      ? mutation.text() : mutation.damage(Array(mutation.one(of: lines).utf8), places: 4)
  }

  func problem(with input: [UInt8]) -> String? {
    guard let client = StormClient(port: chat.port) else { return "nobody can connect" }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    guard arrives(client, &buffer) else { return "nobody is greeted" }
    client.say(input + Array("\n/quit\n".utf8))
    for _ in 0..<5_000 {
      guard client.read(&buffer) else {
        return bystander.read(&buffer) ? nil : "a bystander was disconnected"
      }
      usleep(1_000)
    }
    return "the line is not answered"
  }

  private func arrives(_ client: StormClient, _ buffer: inout [UInt8]) -> Bool {
    for _ in 0..<5_000 {
      _ = client.read(&buffer)
      if client.state != .arriving { return true }
      usleep(1_000)
    }
    return false
  }
}
