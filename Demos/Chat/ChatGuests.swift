import NIOCore
import NIOPosix

/// People who are not there: clients that connect to a chat through real sockets and talk, so that
/// somebody who rehearses alone has somebody to disconnect.
///
/// Each comes back a second after it was disconnected.
public final class ChatGuests: Sendable {
  /// How many there may be.
  public static let most = 200

  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// Has `count` guests come to the chat at `port` of this machine, one after the other.
  public init(_ count: Int, port: Int) {
    let loop = group.next()
    for number in 0..<min(count, Self.most) {
      let guest = Guest(number: number, port: port, group: group)
      loop.scheduleTask(in: .milliseconds(Int64(150 * number))) { guest.come() }
    }
  }

  /// Has all of them leave for good.
  public func leave() {
    group.shutdownGracefully { _ in }
  }
}

/// One of them.
private final class Guest: Sendable {
  private static let names = ["ann", "bob", "eve", "joe", "kim", "leo", "mia", "ned"]
  private static let lines = [
    "hello", "who is the supervisor here?", "let it crash", "I only came for the bubbles",
    "what does rest_for_one do?", "back in a second", "nobody told me that it would pop",
  ]

  private let number: Int
  private let port: Int
  private let group: MultiThreadedEventLoopGroup

  init(number: Int, port: Int, group: MultiThreadedEventLoopGroup) {
    self.number = number
    self.port = port
    self.group = group
  }

  private var name: String {
    let round = number / Self.names.count
    return Self.names[number % Self.names.count] + (round == 0 ? "" : String(round + 1))
  }

  /// Connects, and again whenever that fails or ends.
  func come() {
    ClientBootstrap(group: group)
      .connect(host: "127.0.0.1", port: port)
      .whenComplete { result in
        switch result {
        case .success(let channel):
          self.say("/nick \(self.name)", on: channel)
          self.talk(on: channel, line: self.number)
          channel.closeFuture.whenComplete { _ in self.comeLater() }
        case .failure: self.comeLater()
        }
      }
  }

  private func comeLater() {
    group.next().scheduleTask(in: .seconds(1)) { self.come() }
  }

  /// Says something every few seconds as long as the connection is open.
  private func talk(on channel: any Channel, line: Int) {
    let pause = Int64(4 + number * 3 % 5)
    channel.eventLoop.scheduleTask(in: .seconds(pause)) {
      guard channel.isActive else { return }
      self.say(Self.lines[line % Self.lines.count], on: channel)
      self.talk(on: channel, line: line + 1)
    }
  }

  private func say(_ line: String, on channel: any Channel) {
    channel.writeAndFlush(channel.allocator.buffer(string: line + "\n"), promise: nil)
  }
}
