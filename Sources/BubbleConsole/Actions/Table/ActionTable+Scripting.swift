import BubbleCells

extension ActionTable {
  static let scripting: [Action] = [
    Action(
      "next", keys: [.character("n"), .pageDown, .character(" "), .character(".")],
      shown: "PgDn", help: "next step", in: [.script], word: "next", places: [.script: 10],
      run: ScriptActions.next),
    Action(
      "previous", keys: [.pageUp, .character("p")], shown: "PgUp", help: "the step before again",
      in: [.script], needs: [.undoes], word: "again", places: [.script: 20],
      run: ScriptActions.previous),
    Action(
      "look", keys: arrows + letters, shown: "↑↓←→", help: "select another one", in: [.script],
      run: Action.moving(SelectionActions.move)),
    Action(
      "free", keys: [.escape, .backspace], shown: "esc", help: "leave the script", in: [.script],
      word: "free play", places: [.script: 30], run: ScriptActions.leave),
    Action(
      "script", keys: [.character("n")], command: "script", help: "present its script",
      group: .act, in: [.browse, .running, .past, .ended],
      views: Set(ViewKind.allCases).subtracting([.log]), run: ScriptActions.next),
    Action(
      "present", keys: [.character("P")], command: "present", help: "big, for an audience",
      in: [.browse, .panel, .running, .past, .ended, .script],
      run: ScriptActions.present),
    Action(
      "saveScript", command: "save-script", argument: "FILE",
      help: "write the scenario with what you did as its script", needs: [.reruns],
      run: ScriptActions.save),
    Action(
      "keys", keys: [.character("K")], command: "keys", help: "show the keys that are pressed",
      in: [.browse, .panel, .running, .past, .ended, .script], run: ScriptActions.showKeys),
  ]
}
