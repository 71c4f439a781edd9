public import BubbleEvents
public import BubbleKernel

/// What a state machine does besides choosing its next state (OTP: transition actions, SM12).
///
/// Replies are sent as they are met; all else takes effect when the transition is complete. Of
/// several actions for the same time-out the last holds.
public enum StateAction<Machine: GenStateMachine>: Sendable {
  /// Answers a call.
  case reply(Caller, Machine.Reply)
  /// Keeps the present event until the state changes (OTP: SM4).
  case postpone
  /// Handles an event before all others, in the order given (OTP: SM5).
  case nextEvent(StateEvent<Machine>)
  /// Starts a time-out, or starts it anew; nil cancels it, zero comes before any message
  /// (OTP: SM10), a negative time is an error.
  case timeout(StateTimeout, Duration?, Machine.Content)
  /// Starts a time-out that ends at a fixed instant (OTP: `{abs,true}`).
  case timeoutAt(StateTimeout, RuntimeInstant, Machine.Content)
  /// Stops a time-out.
  case cancel(StateTimeout)
  /// Gives a running time-out another content; one that does not run comes at once (OTP: SM16).
  case update(StateTimeout, Machine.Content)
  /// Gives back what memory it can.
  case hibernate
}

/// What `GenStateMachine.initialize` returns (OTP: SM3).
public enum StateMachineStart<Machine: GenStateMachine>: Sendable {
  /// The machine runs, in that state.
  case running(Machine.State, [StateAction<Machine>] = [])
  /// It chose not to run.
  case ignore
  /// It fails with that reason.
  case stop(ExitReason)
  /// It returned something that is not a result: fails with `{bad_return_from_init,Term}`.
  case invalid(Term)
  /// It waits inside the callback; the starter goes on waiting too.
  indirect case wait(Wait<Machine, StateMachineStart<Machine>>)
}

/// What `GenStateMachine.handleEvent` returns (OTP: SM3).
///
/// The data is the value that handled the event: what the callback changed in it is the new data,
/// except with `keepStateAndData` and `repeatStateAndData`.
public enum StateResult<Machine: GenStateMachine>: Sendable {
  /// Goes to a state; to an equal one it is `keepState`.
  case nextState(Machine.State, [StateAction<Machine>] = [])
  /// Stays in its state.
  case keepState([StateAction<Machine>] = [])
  /// Stays in its state, and forgets what the callback changed in the data.
  case keepStateAndData([StateAction<Machine>] = [])
  /// Enters its state anew, without a change of state: only the enter call is made (OTP: SM4).
  case repeatState([StateAction<Machine>] = [])
  /// Enters its state anew, and forgets what the callback changed in the data.
  case repeatStateAndData([StateAction<Machine>] = [])
  /// Ends with that reason.
  case stop(ExitReason)
  /// Answers callers, and ends with that reason.
  case stopAndReply(ExitReason, [(caller: Caller, reply: Machine.Reply)])
  /// It returned something that is not a result: fails with
  /// `{bad_return_from_state_function,Term}`.
  case invalid(Term)
  /// Waits inside the callback; everything but what it waits for stays in the mailbox.
  indirect case wait(Wait<Machine, StateResult<Machine>>)
}
