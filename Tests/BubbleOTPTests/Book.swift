import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation

/// A state machine that tells each event, and does with it what a table says.
struct Book: GenStateMachine {
  typealias Answer = @Sendable (inout Book, inout ProcessContext) throws -> StateResult<Book>

  var start: StateMachineStart<Book> = .running("a")
  var startError: (any Error)?
  var entersStates = false
  var trapsExits = false
  var terminateError: (any Error)?
  var count = 0
  /// What happens, by `STATE EVENT`; all else keeps the state.
  var answers: [String: Answer] = [:]

  mutating func initialize(
    _ context: inout ProcessContext
  ) throws -> StateMachineStart<Book> {
    context.trapsExits = trapsExits
    if let startError { throw startError }
    return start
  }

  mutating func handleEvent(
    _ event: StateEvent<Book>, _ state: Term, _ context: inout ProcessContext
  ) throws -> StateResult<Book> {
    count += 1
    let text = "\(state) \(event)"
    context.post(.limitReached(pid: context.pid, limit: text))
    if case .call(_, let caller) = event, answers[text] == nil {
      return .keepState([.reply(caller, .integer(count))])
    }
    return try answers[text]?(&self, &context) ?? .keepState()
  }

  mutating func terminate(
    _ reason: ExitReason, _ state: Term, _ context: inout ProcessContext
  ) throws -> TerminateResult<Book> {
    let text = "terminate \(reason) in \(state) after \(count)"
    context.post(.limitReached(pid: context.pid, limit: text))
    if let terminateError { throw terminateError }
    return .done
  }

  mutating func codeChange(
    from version: Term, extra: Term, _ state: Term, _ context: inout ProcessContext
  ) throws -> Term {
    count = -1
    guard extra != "bad" else { throw RaisedError("bad") }
    return extra
  }

  func describeState() -> [ProcessInspection.Field] {
    [ProcessInspection.Field(name: "count", value: "\(count)")]
  }
}

extension Servers {
  mutating func opened(_ book: Book) throws -> PID {
    guard case .ok(let pid, _)? = simulation.start(.genStateMachine { book }) else {
      throw Shop.ShopError.notStarted
    }
    return pid
  }

  /// What a machine tells when all casts are in its mailbox at once and all timers run out.
  static func story(_ book: Book, _ casts: String...) throws -> [String] {
    var test = Servers()
    let pid = test.simulation.spawn(Librarian(book: book, casts: casts.map(Term.atom)))
    test.simulation.runUntilIdle()
    _ = pid
    return test.ends()
  }

  /// Starts a book and casts to it before its start.
  private struct Librarian: ProcessBody {
    var book: Book
    var casts: [Term]
    var behaviour: String { "librarian" }

    mutating func start(_ context: inout ProcessContext) throws {
      context.trapsExits = true
      guard case .spawned(let pid, _) = context.startStateMachine(book) else {
        throw RaisedError("the book does not start")
      }
      for cast in casts { context.cast(cast, to: pid) }
    }

    mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
  }
}
