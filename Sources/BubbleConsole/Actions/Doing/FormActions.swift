import BubbleCells
import BubbleEvents
import BubbleTree

/// What the rows do that change settings in a form.
enum FormActions {
  @Sendable static func begin(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.overlay = .form(try EditForm(model.selected(), in: model.tree, by: input.asker))
    return []
  }

  /// Goes to the next setting, or to the one before.
  static func move(_ course: Course, in model: inout ConsoleModel) {
    change(&model) { form throws(Refusal) in
      try form.takeTyped()
      form.focus = course.neighbour(of: form.focus, in: form.fields.count)
    }
  }

  /// Gives the setting its next value, or the one before.
  static func turn(_ course: Course, in model: inout ConsoleModel) {
    change(&model) { form throws(Refusal) in
      try form.takeTyped()
      form.turn(by: course.step)
    }
  }

  /// Asks for all that was changed, as one act.
  @Sendable static func apply(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    var asked: (requests: [ControlRequest], asker: Asker)?
    let tree = model.tree
    change(&model) { form throws(Refusal) in
      try form.takeTyped()
      asked = (try form.requests(in: tree), form.asker)
    }
    guard let (requests, asker) = asked else { return [] }
    model.overlay = nil
    switch requests.count {
    case 0:
      model.notice = "nothing was changed"
      return []
    case 1: return [.request(requests[0], by: asker)]
    default: return [.requests(requests, by: asker)]
    }
  }

  /// Changes the form, or tells in it why not.
  private static func change(
    _ model: inout ConsoleModel, _ body: (inout EditForm) throws(Refusal) -> Void
  ) {
    guard case .form(var form) = model.overlay else { return }
    form.objection = nil
    do throws(Refusal) {
      try body(&form)
    } catch {
      form.objection = error.reason
    }
    model.overlay = .form(form)
  }
}
