/// What hostile inputs are sent at.
enum FuzzKind: String, CaseIterable {
  /// Scenario files: damaged demos, and numbers that no person would write.
  case files
  /// Recordings that somebody changed.
  case recordings
  /// Files of Erlang terms, and terms as they are typed.
  case terms
  /// Lines to the chat, over a socket.
  case chat
  /// Keys, clicks and sizes of the screen, on the demos.
  case keys
  /// Pictures, diagrams and scripts that are written after some keys.
  case exports

  /// What takes its inputs.
  func target() throws -> any FuzzTarget {
    switch self {
    case .files: FileTarget()
    case .recordings: try RecordingTarget()
    case .terms: TermTarget()
    case .chat: try ChatTarget()
    case .keys: KeyTarget(exports: false)
    case .exports: KeyTarget(exports: true)
    }
  }
}

/// Something that takes hostile inputs; every input is bytes, so that it can be shortened.
protocol FuzzTarget {
  /// The input that follows from a seed.
  func input(seed: UInt64) -> [UInt8]
  /// What is wrong with the answer to an input; nil when it is as it must be.
  func problem(with input: [UInt8]) throws -> String?
  /// The input as a person reads it.
  func shown(_ input: [UInt8]) -> String
}

extension FuzzTarget {
  func shown(_ input: [UInt8]) -> String {
    String(decoding: input, as: UTF8.self).debugDescription
  }
}

/// The first scalar of a text that could steer a terminal, as a problem.
func controlProblem(in text: String, of what: String) -> String? {
  let scalar = text.unicodeScalars.first { scalar in
    scalar != "\n" && scalar.properties.generalCategory == .control
  }
  return scalar.map { "the control character \($0.value) in \(what)" }
}
