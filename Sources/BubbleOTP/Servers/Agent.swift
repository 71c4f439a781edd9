public import BubbleEvents
public import BubbleKernel

/// A process that keeps a value for others (Elixir: Agent).
///
/// `AgentRequest` says what is done with the value; send it as a call, or as a cast.
///
/// ```swift
/// let started = simulation.start(.genServer { Agent { 0 } })
/// // With the PID that it came up as:
/// let increment = AgentRequest<Int>.getAndUpdate { ($0, $0 + 1) }
/// let before: Int = try simulation.call(increment, to: counter)
/// ```
public struct Agent<State: Sendable>: GenServer {
  private let module: String
  private let initial: @Sendable () throws -> State
  private var state: State?

  /// Creates an agent whose first value that function makes, in the new process; what it throws is
  /// the reason of the failed start.
  public init(_ module: String = "", _ initial: @escaping @Sendable () throws -> State) {
    self.module = module
    self.initial = initial
  }

  /// `agent` and its module.
  public var behaviour: String { module.isEmpty ? "agent" : "agent \(module)" }

  /// Makes the first value.
  public mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Agent> {
    state = try initial()
    return .ok
  }

  /// Does what is asked, and answers with what came of it.
  public mutating func handleCall(
    _ request: AgentRequest<State>, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<Agent> {
    context.reply(to: caller, try perform(request))
    return .noReply
  }

  /// Does what is asked.
  public mutating func handleCast(
    _ request: AgentRequest<State>, _ context: inout ProcessContext
  ) throws -> CastResult<Agent> {
    _ = try perform(request)
    return .noReply
  }

  /// Passes over every other message, as Elixir's does.
  public mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Agent> {
    .noReply
  }

  private mutating func perform(_ request: AgentRequest<State>) throws -> any Sendable {
    guard var state else { throw RaisedError("badmatch") }
    let reply = try request.deed(&state)
    self.state = state
    return reply
  }

  /// The value.
  public func describeState() -> [ProcessInspection.Field] {
    [
      ProcessInspection.Field(
        name: "state", value: state.map { "\(Term(reflecting: $0))" } ?? "none yet")
    ]
  }

  /// Takes another value, when that is a term or a whole number as the agent's is.
  public mutating func replaceState(_ field: String, with value: Term) throws {
    guard field == "state" else { throw RaisedError(.tuple(["no_such_field", .opaque(field)])) }
    if let value = value as? State {
      state = value
    } else if case .integer(let number) = value, let number = number as? State {
      state = number
    } else {
      throw RaisedError.badArgument
    }
  }
}

/// What is done with an agent's value, in the agent's process.
///
/// A deed that fails ends the agent.
public struct AgentRequest<State: Sendable>: Sendable, CustomStringConvertible {
  /// What a mailbox shows.
  public let description: String
  fileprivate let deed: @Sendable (inout State) throws -> any Sendable

  /// Answers with what `read` makes of the value.
  public static func get(
    _ read: @escaping @Sendable (State) throws -> some Sendable
  ) -> AgentRequest {
    AgentRequest(description: "get") { state in try read(state) }
  }

  /// Puts another value in its place; answers `ok`.
  public static func update(
    _ change: @escaping @Sendable (State) throws -> State
  ) -> AgentRequest {
    AgentRequest(description: "update") { state in
      state = try change(state)
      return Term.atom("ok")
    }
  }

  /// Puts another value in its place, and answers with something.
  public static func getAndUpdate<Answer: Sendable>(
    _ change: @escaping @Sendable (State) throws -> (answer: Answer, state: State)
  ) -> AgentRequest {
    AgentRequest(description: "get_and_update") { state in
      let result = try change(state)
      state = result.state
      return result.answer
    }
  }
}
