import ArgumentParser
import BubbleCells
import BubbleChat
import BubbleConsole
import BubbleRealTime
import BubbleSession
import Foundation
import Synchronization

/// Storms the chat demo, with the console on it, and says what came of it.
struct ChatStormCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat-storm",
    abstract: "Kill and crash a random client of a crowded chat again and again.",
    discussion: "The exit code is 1 when anybody else was disconnected, or anything was left.")

  @Option(help: "How many clients are connected at any time.")
  var clients = 500

  @Option(help: "For how many seconds.")
  var seconds = 30

  @Option(help: "Milliseconds from one strike to the next.")
  var interval = 10

  @Option(help: "Where chance begins.")
  var seed: UInt64 = 1

  func run() throws {
    print("seed \(seed): \(clients) clients, one struck every \(interval) ms for \(seconds) s")
    var settings = Chat.Settings()
    settings.port = 0
    settings.maximumConnections = clients + 100
    let socketsBefore = openSockets()
    let chat = try Chat(settings)
    let outcome = Mutex<ChatStorm.Report?>(nil)
    let memoryBefore = Memory.resident
    Thread.detachNewThread { [clients, seconds, interval, seed] in
      var storm = ChatStorm(
        clients: clients, duration: .seconds(seconds), interval: .milliseconds(interval),
        seed: seed)
      let report = storm.run(on: chat)
      outcome.withLock { $0 = report }
    }
    var frames = FrameTimes(showing: chat)
    while outcome.withLock({ $0 == nil }) { frames.draw() }
    let memory = Memory.resident - memoryBefore
    let lost = chat.machine.lostEvents
    chat.machine.stop()
    guard let report = outcome.withLock({ $0 }) else { return }
    let socketsLeft = openSockets() - socketsBefore
    print(report.lines.joined(separator: "\n"))
    print(frames.line)
    print("memory grown by \(memory / 1_048_576) MB, the whole history of the console included")
    print("sockets left open in the program: \(socketsLeft), events lost: \(lost)")
    if !report.isClean || socketsLeft > 0 || lost > 0 { throw ExitCode.failure }
  }

  /// Sockets that this program has open, its clients' and the chat's; what Dispatch opens for
  /// itself, now or later, is none.
  private func openSockets() -> Int {
    (0..<20_000).count { descriptor in
      var status = stat()
      return fstat(Int32(descriptor), &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
  }
}

extension ChatStorm.Report {
  /// What came of it, in words.
  fileprivate var lines: [String] {
    [
      "\(kills) killed, \(crashes) crashed, \(linesRead) lines read by all",
      "others disconnected: \(bystandersLost), struck and still there: \(survivors), "
        + "refused: \(refused)",
      "from a strike to the end of the connection: "
        + "\(BenchTable.text(slowestEnd.nanoseconds, .nanoseconds)) at worst",
      "left when all had gone: \(processesLeft) processes, \(socketsLeft) sockets",
    ]
  }
}

/// A console on the chat that draws 24 frames a second, and how long each takes.
private struct FrameTimes {
  private var session: Session
  private var times: [Duration] = []
  private var last = ContinuousClock.now

  init(showing chat: Chat) {
    let model = ConsoleModel(scenario: "chat", size: Size(columns: 80, rows: 24))
    session = Session(subject: RunningSubject(chat.machine), model: model)
  }

  /// Draws one frame, and waits for the next.
  mutating func draw() {
    let beginning = ContinuousClock.now
    session.advance(by: min(last.duration(to: beginning), .milliseconds(500)))
    keep(render(session.model))
    last = beginning
    let time = beginning.duration(to: .now)
    times.append(time)
    let rest = Duration.seconds(1) / 24 - time
    if rest > .zero { usleep(UInt32(rest.nanoseconds / 1000)) }
  }

  var line: String {
    let sorted = times.sorted()
    guard let worst = sorted.last else { return "no frames" }
    func text(_ time: Duration) -> String { BenchTable.text(time.nanoseconds, .nanoseconds) }
    return "\(times.count) frames of the console: \(text(sorted[sorted.count / 2])) in the middle, "
      + "\(text(sorted[sorted.count * 99 / 100])) for 99 of 100, \(text(worst)) at worst"
  }
}
