import BubbleCells

extension ActionTable {
  static let scripting: [Action] = [
    Action(
      "next", keys: nextStep, shown: "PgDn", help: "next step", in: [.script], word: "next",
      places: [.script: 10], run: ScriptActions.next),
    Action(
      "reveal", keys: nextStep, shown: "PgDn", help: "show the answer", in: [.question],
      word: "answer", places: [.question: 10], run: ScriptActions.next),
    Action(
      "chooseAnswer", keys: ["a", "b", "c", "d"].map { .character($0) }, shown: "a-d",
      help: "choose an answer", in: [.question], word: "choose", places: [.question: 15],
      run: ScriptActions.chooseAnswer),
    Action(
      "previous", keys: [.pageUp, .character("p")], shown: "PgUp", help: "back to the step before",
      in: .scripted, needs: [.undoes], word: "back", places: [.script: 20, .question: 20],
      run: ScriptActions.previous),
    Action(
      "look", keys: arrows + letters, shown: "↑↓←→", help: "select another one",
      in: .scripted,
      run: Action.moving(SelectionActions.move)),
    Action(
      "free", keys: [.escape, .backspace], shown: "esc", help: "leave the script", in: .scripted,
      word: "free play", places: [.script: 30, .question: 30], run: ScriptActions.leave),
    Action(
      "script", keys: [.character("n")], command: "script", help: "present its script",
      group: .act, in: .browsing, run: ScriptActions.next),
    Action(
      "present", keys: [.character("P")], command: "present", help: "big, for an audience",
      brief: "big, for a talk", group: .time, in: Set.browsing.union(Set.scripted),
      run: ScriptActions.present),
    Action(
      "saveScript", command: "save-script", argument: "FILE",
      help: "write the scenario with what you did as its script", needs: [.reruns],
      run: ScriptActions.save),
    Action(
      "keys", keys: [.character("K")], command: "keys", help: "show the keys that are pressed",
      brief: "show pressed keys", group: .time, in: Set.browsing.union(Set.scripted),
      run: ScriptActions.showKeys),
  ]

  /// The keys of whoever presents, and of a clicker.
  private static let nextStep: [Key] = [
    .character("n"), .pageDown, .character(" "), .character("."), .enter,
  ]
}
