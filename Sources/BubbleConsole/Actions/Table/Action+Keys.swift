package import BubbleCells

// A row whose keys do different things says here which does what: nothing that is done knows by
// which key it was asked for.

extension Action {
  /// Does what the key stands for, and for its command or another key what `run` does.
  static func byKey(_ keys: [Key: Run], else run: @escaping Run) -> Run {
    { model, input throws(Refusal) in
      guard case .key(let key) = input, let own = keys[key] else { return try run(&model, input) }
      return try own(&model, input)
    }
  }

  /// Goes back by some keys and on by the others; what the row's command does is said apart.
  static func going(
    back keys: Set<Key>, command: Run? = nil,
    _ go: @escaping @Sendable (Course, inout ConsoleModel) throws(Refusal) -> [ConsoleCommand]
  ) -> Run {
    { model, input throws(Refusal) in
      switch input {
      case .key(let key): return try go(keys.contains(key) ? .back : .on, &model)
      case .command:
        guard let command else { return try go(.on, &model) }
        return try command(&model, input)
      }
    }
  }

  /// The same with something that wants nothing done outside.
  static func going(
    back keys: Set<Key>, command: Run? = nil,
    changing go: @escaping @Sendable (Course, inout ConsoleModel) throws(Refusal) -> Void
  ) -> Run {
    going(back: keys, command: command) { course, model throws(Refusal) in
      try go(course, &model)
      return []
    }
  }

  /// Goes where the key leads.
  static func moving(
    _ move: @escaping @Sendable (Direction, inout ConsoleModel) -> Void
  ) -> Run {
    { model, input throws(Refusal) in
      if case .key(let key) = input, let direction = Direction(key) { move(direction, &model) }
      return []
    }
  }

  /// Shows the view whose number was pressed, or that the command names.
  static func view(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard case .key(let key) = input, let kind = ViewKind.allCases.first(where: { $0.key == key })
    else { return try SelectionActions.view(&model, input) }
    return try SelectionActions.show(kind, in: &model, by: input.asker)
  }
}

extension Direction {
  /// The direction that a key leads to.
  fileprivate init?(_ key: Key) {
    switch key {
    case .up, .character("k"): self = .up
    case .down, .character("j"): self = .down
    case .left, .character("h"): self = .left
    case .right, .character("l"): self = .right
    case .pageUp: self = .pageUp
    case .pageDown: self = .pageDown
    case .home, .character("g"): self = .first
    case .end, .character("G"): self = .last
    case .character, .control, .enter, .escape, .tab, .backTab, .insert, .backspace, .delete,
      .function:
      return nil
    }
  }
}

extension ViewKind {
  /// Its number key.
  package var key: Key { .character(Character(String(rawValue))) }
}
