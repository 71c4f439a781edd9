import BubbleEvents

/// What a supervisor does about a child that ended by itself (OTP: S30).
///
/// | exit reason | permanent | transient | temporary |
/// | --- | --- | --- | --- |
/// | normal | restart, report | keep | forget |
/// | shutdown, {shutdown,_} | restart, report | keep | forget |
/// | anything else | restart, report | restart, report | forget, report |
enum RestartVerdict: Hashable, Sendable {
  /// It is started again, as the strategy says.
  case restart
  /// Its specification stays, without a process.
  case keep
  /// Its specification goes.
  case forget

  init(_ restart: ChildRestart, _ reason: ExitReason) {
    switch (restart, reason.isAbnormal) {
    case (.permanent, _): self = .restart
    case (.transient, true): self = .restart
    case (.transient, false): self = .keep
    case (.temporary, _): self = .forget
    }
  }

  /// Whether the end of such a child is reported.
  static func isReported(_ restart: ChildRestart, _ reason: ExitReason) -> Bool {
    switch restart {
    case .permanent: true
    case .transient, .temporary: reason.isAbnormal
    }
  }
}

extension ChildSpec {
  /// Whether a child that was told to stop may end with that reason (OTP: S71-S76).
  func expects(_ reason: ExitReason) -> Bool {
    switch (reason, shutdown) {
    case (.killed, .brutalKill): true
    case (.shutdown, .timeout), (.shutdown, .infinity): true
    case (.normal, _), (.shutdown, _), (.shutdownBecause, _): restart != .permanent
    case (.kill, _), (.killed, _), (.noProcess, _), (.noConnection, _),
      (.failure, _):
      false
    }
  }

  /// What the event stream tells of it.
  func described(as id: ChildID) -> ChildDescription {
    ChildDescription(
      id: id, restart: restart, shutdown: shutdown, kind: kind, isSignificant: isSignificant)
  }
}
