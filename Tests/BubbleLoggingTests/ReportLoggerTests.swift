import BubbleEvents
import BubbleKernel
import BubbleLogging
import BubbleOTP
import BubbleSimulation
import Logging
import Synchronization
import Testing

/// What swift-log is given.
@Suite struct ReportLoggerTests {
  /// Keeps what it is given.
  private final class Book: Sendable {
    let entries = Mutex<[Entry]>([])
  }

  private struct Entry: Equatable {
    var level: Logger.Level
    var text: String
    var metadata: [String: String]
  }

  private struct Writer: LogHandler {
    let book: Book
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let entry = Entry(
        level: event.level, text: "\(event.message)",
        metadata: (event.metadata ?? [:]).mapValues { "\($0)" })
      book.entries.withLock { $0.append(entry) }
    }
  }

  /// Ends as it is told.
  private struct Clerk: GenServer {
    mutating func handleCast(
      _ request: Term, _ context: inout ProcessContext
    ) throws -> CastResult<Clerk> {
      .stop(ExitReason(request))
    }
  }

  private func logged(
    _ events: [Event], level: Logger.Level = .trace
  ) -> [Entry] {
    let book = Book()
    var logger = Logger(label: "test") { _ in Writer(book: book) }
    logger.logLevel = level
    var reports = ReportLogger(logger)
    reports.log(events)
    return book.entries.withLock { $0 }
  }

  /// A shop of one clerk that is told something, and what follows.
  private func events(_ deed: (inout Simulation, PID) -> Void) -> [Event] {
    var machine = Simulation(seed: 1)
    let shop = Supervisor(
      "shop", name: "shop_sup",
      children: [
        ChildSpec(id: "a", start: .genServer(name: "clerk") { Clerk() }, restart: .transient)
      ])
    machine.start(shop.start)
    machine.runUntilIdle()
    deed(&machine, PID(2))
    machine.runUntilIdle()
    return machine.takeEvents()
  }

  @Test func `the start of a child that was asked for is told at the level debug`() {
    let entries = logged(
      events { machine, _ in
        machine.apply(.child(of: PID(1), .named("a"), .terminate))
        machine.apply(.child(of: PID(1), .named("a"), .restart))
      })
    #expect(entries.map(\.level) == [.info, .debug])
  }

  @Test func `every report has its level, its label and its fields`() throws {
    let entries = logged(
      events { machine, clerk in
        machine.send(Term.atom("what"), to: clerk)
        machine.cast(Term.atom("boom"), to: clerk)
      })
    #expect(
      entries.map { "\($0.level) \($0.metadata["label"] ?? "") \($0.text)" } == [
        "info {supervisor,progress} Supervisor: shop_sup. Started: id=a,pid=<2>.",
        "warning {gen_server,no_handle_info} clerk received unexpected message: what",
        "error {gen_server,terminate} Generic server clerk terminating. Reason: boom.",
        "error {proc_lib,crash} crasher: pid: <2>, registered_name: clerk, exit: boom.",
        "error {supervisor,child_terminated} Supervisor: shop_sup. Context: child_terminated. "
          + "Reason: boom. Offender: id=a,pid=<2>.",
        "info {supervisor,progress} Supervisor: shop_sup. Started: id=a,pid=<3>.",
      ])
    var offender = try #require(entries.dropLast().last?.metadata)
    #expect(offender.removeValue(forKey: "event").flatMap(Int.init) != nil)
    #expect(
      offender == [
        "label": "{supervisor,child_terminated}", "supervisor": "shop_sup",
        "errorContext": "child_terminated", "reason": "boom", "pid": "<2>", "id": "a",
        "restart_type": "transient", "significant": "false", "shutdown": "5000",
        "child_type": "worker", "instant": "0.000 s",
      ])
  }

  @Test func `the logger's level decides what is written`() {
    let events = events { machine, clerk in machine.cast(Term.atom("boom"), to: clerk) }
    #expect(logged(events, level: .error).allSatisfy { $0.level == .error })
    #expect(logged(events, level: .error).count == 3)
    #expect(logged(events, level: .critical).isEmpty)
  }

  @Test func `a normal end is not logged`() {
    let events = events { machine, clerk in machine.cast(Term.atom("normal"), to: clerk) }
    #expect(logged(events).map(\.level) == [.info])
  }

  @Test func `a supervisor without a name is told with its module`() {
    var machine = Simulation(seed: 1)
    let shop = Supervisor("shop", children: [ChildSpec(id: "a", start: .genServer { Clerk() })])
    machine.start(shop.start)
    #expect(
      logged(machine.takeEvents()).map(\.text) == [
        "Supervisor: {<1>,shop}. Started: id=a,pid=<2>."
      ])
  }

  @Test func `control characters are escaped`() {
    let events = events { machine, clerk in
      machine.cast(Term.atom("\u{1B}[2Jboom\n\u{202E}"), to: clerk)
    }
    for entry in logged(events) {
      for text in [entry.text] + entry.metadata.values {
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
      }
    }
    #expect(logged(events)[1].text.hasSuffix("Reason: \\u{1b}[2Jboom\\u{a}\\u{202e}."))
  }
}
