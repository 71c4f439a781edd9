public import BubbleEvents

/// Another address of a process, which it can take away again (OTP: alias/1).
///
/// What is sent there after that goes nowhere, wherever it comes from.
public struct Alias: Hashable, Sendable, TermConvertible, CustomStringConvertible {
  /// What ends an alias by itself.
  public enum Ending: Hashable, Sendable {
    /// Nothing: only its process does (OTP: explicit_unalias).
    case explicit
    /// The first message that comes through it (OTP: reply).
    case reply
    /// The end of the monitor that it was made with (OTP: demonitor).
    case demonitor
    /// Either of the two; the message ends the monitor, too (OTP: reply_demonitor).
    case replyDemonitor
  }

  /// The process that it stands for.
  public var pid: PID
  /// Its mark: that of the monitor, for an alias that was made with one.
  public var mark: Reference

  /// Creates the address of an alias.
  public init(pid: PID, mark: Reference) {
    self.pid = pid
    self.mark = mark
  }

  /// A reference, as in Erlang.
  public var term: Term { mark.term }

  /// As its reference prints.
  public var description: String { mark.description }
}
