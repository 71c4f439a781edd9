/// Who asks a machine for something.
///
/// A log says only what is so: that a key was pressed when one was, and that somebody asked when
/// nothing more is known.
public enum Asker: Hashable, Sendable {
  /// Somebody pressed that key.
  case key(String)
  /// Somebody typed that command, which is named without its colon.
  case command(String)
  /// A script that is presented, step by step.
  case script
  /// A program, by its name.
  case program(String)
  /// Somebody who looks on from elsewhere, by name.
  case viewer(String)
  /// The scenario, at an instant that it names.
  case scenario
  /// The generator of faults by chance.
  case chaos
  /// Somebody who was not named: a program that does not say who it is, or what recordings of
  /// format 1 call the user.
  case someone

  /// Whether it is a fault that is asked for, not an action.
  public var isFault: Bool {
    switch self {
    case .scenario, .chaos: true
    case .key, .command, .script, .program, .viewer, .someone: false
    }
  }
}
