/// What happened to one process.
public enum ProcessEvent: Hashable, Sendable {
  /// It came into being. Posted before any other event that names it. `behaviour` is its behaviour
  /// and module as in `ProcessInspection.behaviour`; `parent` is the spawner.
  case spawned(parent: PID?, behaviour: String)
  /// It ended. The last event in which it acts; its name, links and monitors are released by then.
  /// Always preceded by its `spawned`.
  case exited(ExitReason)
  /// It is suspended and handles only system messages.
  case suspended
  /// Its suspension ended. Always preceded by `suspended`.
  case resumed
  /// A name was bound to it; it is alive.
  case nameRegistered(String)
  /// A name became free, by its end or by unregistering.
  case nameReleased(String)
  /// It runs that version of its module from now on: since its start, or since it came over from
  /// `previous`.
  case codeEntered(module: String, version: Term, previous: Term?)
  /// It is a state machine, and is in another state than `previous` by that event; nil before its
  /// first state (OTP: gen_statem).
  case stateEntered(Term, previous: Term?, by: String)
  /// It says something in words of its own; nothing follows from it.
  case noted(String)

  /// The kind's name in files.
  public var name: String {
    switch self {
    case .spawned: "process_spawned"
    case .exited: "process_exited"
    case .suspended: "process_suspended"
    case .resumed: "process_resumed"
    case .nameRegistered: "name_registered"
    case .nameReleased: "name_released"
    case .codeEntered: "code_entered"
    case .stateEntered: "state_entered"
    case .noted: "process_noted"
    }
  }
}
