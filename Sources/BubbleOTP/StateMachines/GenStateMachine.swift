public import BubbleEvents
public import BubbleKernel

/// A process that is a state machine (OTP: gen_statem).
///
/// The conforming value is the data, and `State` the state, which the machine keeps beside it: a
/// change of it is what postponed events and state time-outs wait for. There is one callback for
/// all events, as with OTP's handle_event_function; OTP's other mode, state_functions, is a
/// `switch` over the state that calls one method each. Events of types `Call` and `Cast` come from
/// others, `Content` is what time-outs and internal events carry. A callback fails by throwing, as
/// in a `GenServer`, and then the data is what it was before the event.
///
/// ```swift
/// struct Door: GenStateMachine {
///   enum State { case locked, open }
///   var pushed = 0
///
///   mutating func initialize(
///     _ context: inout ProcessContext
///   ) throws -> StateMachineStart<Door> {
///     .running(.locked)
///   }
///
///   mutating func handleEvent(
///     _ event: StateEvent<Door>, _ state: State, _ context: inout ProcessContext
///   ) throws -> StateResult<Door> {
///     switch (state, event) {
///     case (.locked, .cast("code")):
///       return .nextState(.open, [.timeout(.state, .seconds(5), "lock")])
///     case (.locked, .cast("push")): return .keepState([.postpone])
///     case (.open, .cast("push")):
///       pushed += 1
///       return .keepState()
///     case (.open, .timeout(.state, _)): return .nextState(.locked)
///     default: return .keepStateAndData()
///     }
///   }
/// }
/// ```
public protocol GenStateMachine: Sendable {
  /// The states.
  associatedtype State: Hashable & Sendable
  /// What `call` sends; a request of another type fails the machine, as a missing clause does.
  associatedtype Call: Sendable = Term
  /// What a call returns.
  associatedtype Reply: Sendable = Term
  /// What `cast` sends.
  associatedtype Cast: Sendable = Term
  /// What time-outs and internal events carry.
  associatedtype Content: Sendable = Term

  /// Runs first, in the new process, and says the first state; the starter waits for it (OTP:
  /// init).
  mutating func initialize(_ context: inout ProcessContext) throws -> StateMachineStart<Self>
  /// Handles an event in a state.
  mutating func handleEvent(
    _ event: StateEvent<Self>, _ state: State, _ context: inout ProcessContext
  ) throws -> StateResult<Self>
  /// Cleans up before an orderly end, under the rules of a gen_server (OTP: SM13); an error that
  /// was raised comes without the place of its stack trace.
  mutating func terminate(
    _ reason: ExitReason, _ state: State, _ context: inout ProcessContext
  ) throws -> TerminateResult<Self>
  /// Takes over new code while suspended and returns the state to go on in; throwing leaves state
  /// and data as they were (OTP: SM14).
  mutating func codeChange(
    from version: Term, extra: Term, _ state: State, _ context: inout ProcessContext
  ) throws -> State

  /// Gives the part of the data that `describeState` calls `field` another value, or `state`
  /// itself, and returns the state to be in; throwing leaves both as they were (OTP:
  /// sys:replace_state).
  ///
  /// No event happens: nothing is entered, postponed events stay so, and time-outs run on.
  mutating func replaceState(
    _ field: String, with value: Term, _ state: State
  ) throws -> State

  /// Whether `handleEvent` is given `.enter` at each change of state (OTP: state_enter); the
  /// default is false.
  var entersStates: Bool { get }
  /// The behaviour and module as the screen shows them, such as `gen_statem Door`.
  var behaviour: String { get }
  /// The data, part by part, for inspection.
  func describeState() -> [ProcessInspection.Field]
}

extension GenStateMachine {
  /// Has nothing to clean up.
  public mutating func terminate(
    _ reason: ExitReason, _ state: State, _ context: inout ProcessContext
  ) throws -> TerminateResult<Self> {
    .done
  }

  /// Keeps state and data.
  public mutating func codeChange(
    from version: Term, extra: Term, _ state: State, _ context: inout ProcessContext
  ) throws -> State {
    state
  }

  /// Fails: nothing can be replaced.
  public mutating func replaceState(
    _ field: String, with value: Term, _ state: State
  ) throws -> State {
    throw RaisedError(.tuple(["no_such_field", .opaque(field)]))
  }

  /// No enter calls.
  public var entersStates: Bool { false }

  /// `gen_statem` and the name of the type.
  public var behaviour: String { "gen_statem \(Self.self)" }

  /// The stored properties, by reflection; nothing for data without any.
  public func describeState() -> [ProcessInspection.Field] {
    Mirror(reflecting: self).children.isEmpty ? [] : ProcessInspection.fields(reflecting: self)
  }
}

extension ProcessStart {
  /// Starts a gen_statem linked to the starter (OTP: gen_statem:start_link).
  ///
  /// `machine` makes the initial data at each start. Under a name that is taken the start fails
  /// with `{already_started,Pid}`, and nothing runs.
  public static func genStateMachine<Machine: GenStateMachine>(
    name: String? = nil, _ machine: @escaping @Sendable () -> Machine
  ) -> ProcessStart {
    ProcessStart { context, _ in
      context.startProcess(GenStateMachineBody(machine()), name: name)
    }
  }

  /// Starts a gen_statem whose initial data is made of the extra arguments of a dynamic child.
  public static func genStateMachine<Machine: GenStateMachine>(
    _ machine: @escaping @Sendable ([Term]) throws -> Machine
  ) -> ProcessStart {
    ProcessStart { context, arguments in
      context.startProcess(GenStateMachineBody(try machine(arguments)))
    }
  }
}

extension ProcessContext {
  /// Starts a gen_statem linked to this process; its `Info.started` or a wait for `Awaited.start`
  /// tells when it runs.
  public mutating func startStateMachine(
    _ machine: some GenStateMachine, name: String? = nil, isLinked: Bool = true
  ) -> ProcessStart.Attempt {
    startProcess(GenStateMachineBody(machine), name: name, isLinked: isLinked)
  }
}
