import BubbleCells

extension ActionTable {
  static let editing: [Action] = [
    Action(
      "edit", keys: [.character("E")], command: "edit", help: "all settings", group: .act,
      in: .browsing, needs: [.acts], word: "edit", places: [.browse: 85], run: FormActions.begin),
    Action(
      "apply", keys: [.enter], help: "make it so", in: [.form], word: "make it so",
      places: [.form: 10], run: FormActions.apply),
    Action(
      "field", keys: [.up, .down, .tab, .backTab], shown: "↑↓", help: "another setting",
      in: [.form], word: "setting", places: [.form: 20],
      run: Action.going(back: [.up, .backTab], changing: FormActions.move)),
    Action(
      "value", keys: [.left, .right], shown: "←→", help: "another value; or type one",
      in: [.form], word: "value", places: [.form: 30],
      run: Action.going(back: [.left], changing: FormActions.turn)),
  ]
}
