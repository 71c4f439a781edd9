import BubbleChat
import BubbleEvents
import BubbleKernel
import BubbleNet
import BubbleRealTime
import Foundation

/// A crowd in a chat of which somebody is killed, or told to crash, again and again.
struct ChatStorm {
  /// What came of it.
  struct Report {
    var kills = 0
    var crashes = 0
    /// Those who were disconnected although nobody had touched them.
    var bystandersLost = 0
    /// Those who were struck and stayed connected for five seconds more.
    var survivors = 0
    /// Those who could not connect.
    var refused = 0
    var linesRead = 0
    /// How long it took from a strike to the end of the connection, in the worst case.
    var slowestEnd = Duration.zero
    /// What was left behind when all had gone.
    var processesLeft = 0
    var socketsLeft = 0

    var isClean: Bool {
      bystandersLost == 0 && survivors == 0 && refused == 0 && processesLeft == 0
        && socketsLeft == 0
    }
  }

  let clients: Int
  let duration: Duration
  /// How long from one strike to the next.
  let interval: Duration
  var chance: SplitMix64

  private var crowd: [StormClient] = []
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  private var report = Report()

  init(clients: Int, duration: Duration, interval: Duration, seed: UInt64) {
    self.clients = clients
    self.duration = duration
    self.interval = interval
    chance = SplitMix64(seed: seed)
  }

  /// How long is waited for what has to happen, however busy the computer is.
  private static let patience = Duration.seconds(300)

  /// Lets the storm go over `chat`, and waits until everybody has left.
  mutating func run(on chat: Chat) -> Report {
    for _ in 0..<clients { admit(chat) }
    let clock = ContinuousClock()
    // Everybody is greeted before anybody is struck.
    let greeted = clock.now + Self.patience
    while clock.now < greeted, crowd.contains(where: { $0.state == .arriving }) {
      watch(chat, for: 20)
    }
    let end = clock.now + duration
    var next = clock.now
    var strikes = 0
    while clock.now < end {
      while next <= clock.now {
        strike(chat)
        next += interval
        strikes += 1
        if strikes.isMultiple(of: 10) { crowd.randomElement(using: &chance)?.say("hello\n") }
      }
      watch(chat, for: 2)
    }
    let settled = clock.now + Self.patience
    while clock.now < settled, crowd.contains(where: { $0.state == .struck }) {
      watch(chat, for: 20)
    }
    report.survivors = crowd.count { $0.state == .struck }
    report.linesRead += crowd.reduce(0) { $0 + $1.lines }
    crowd = []
    findLeftovers(in: chat)
    return report
  }

  private mutating func admit(_ chat: Chat) {
    if let client = StormClient(port: chat.port) {
      crowd.append(client)
    } else {
      report.refused += 1
    }
  }

  /// Kills somebody, or lets them crash.
  private mutating func strike(_ chat: Chat) {
    guard let client = crowd.randomElement(using: &chance), case .talking(let pid) = client.state
    else { return }
    client.state = .struck
    client.struckAt = .now
    if Bool.random(using: &chance) {
      chat.machine.apply(.process(pid, .kill), by: .program("storm"))
      report.kills += 1
    } else {
      client.say("/crash\n")
      report.crashes += 1
    }
  }

  /// Reads what comes, and replaces those who are gone.
  private mutating func watch(_ chat: Chat, for milliseconds: Int32) {
    var states = crowd.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    guard poll(&states, nfds_t(states.count), milliseconds) > 0 else { return }
    var gone: [Int] = []
    for (index, state) in states.enumerated() where state.revents != 0 {
      if !crowd[index].read(&buffer) { gone.append(index) }
    }
    for index in gone.reversed() {
      let client = crowd.remove(at: index)
      report.linesRead += client.lines
      if let struckAt = client.struckAt {
        report.slowestEnd = max(report.slowestEnd, struckAt.duration(to: .now))
      } else {
        report.bystandersLost += 1
      }
      admit(chat)
    }
  }

  private mutating func findLeftovers(in chat: Chat) {
    let end = ContinuousClock.now + Self.patience
    repeat {
      let kernel = chat.machine.copy()
      report.processesLeft = kernel.processes.count {
        kernel.inspect($0, mailboxLimit: 0)?.behaviour == "gen_server ChatClient"
      }
      report.socketsLeft = chat.world.connectionCount
      if report.processesLeft + report.socketsLeft == 0 { return }
      usleep(10_000)
    } while .now < end
  }
}
