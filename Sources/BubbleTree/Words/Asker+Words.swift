import BubbleEvents

extension Asker {
  /// What a trace says behind a request.
  var words: String {
    switch self {
    case .key(let key): ", by the key \(key)"
    case .command(let command): ", by :\(command)"
    case .script: ", by a script"
    case .program(let name): ", by the program \(name)"
    case .viewer(let name): ", by the viewer \(name)"
    case .scenario: ", by scenario"
    case .chaos: ", by chaos"
    case .someone: ""
    }
  }

  /// Who asked, and how, in two spans: `you pressed x`.
  var spans: [Narration.Span] {
    switch self {
    case .key(let key): [.init("you pressed ", .dim), .init(key, .key)]
    case .command(let command): [.init("you typed ", .dim), .init(":\(command)", .key)]
    case .script: [.init("the script", .key), .init(" asked", .dim)]
    case .program(let name), .viewer(let name): [.init(name, .key), .init(" asked", .dim)]
    case .scenario: [.init("the scenario", .key), .init(" asked", .dim)]
    case .chaos: [.init("chaos", .key), .init(" struck", .dim)]
    case .someone: [.init("somebody", .key), .init(" asked", .dim)]
    }
  }
}
