import BubbleCells
import BubbleEvents
import BubbleTree

/// What the rows do that change settings in a form.
enum FormActions {
  @Sendable static func begin(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.overlay = .form(try EditForm(model.selected(), in: model.tree))
    return []
  }

  @Sendable static func move(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let isBack = [.key(.up), .key(.backTab)].contains(input)
    change(&model) { form throws(Refusal) in
      try form.takeTyped()
      form.focus = (form.focus + (isBack ? form.fields.count - 1 : 1)) % form.fields.count
    }
    return []
  }

  @Sendable static func turn(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    change(&model) { form throws(Refusal) in
      try form.takeTyped()
      form.turn(by: input == .key(.left) ? -1 : 1)
    }
    return []
  }

  /// Asks for all that was changed, as one act.
  @Sendable static func apply(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    var requests: [ControlRequest]?
    let tree = model.tree
    change(&model) { form throws(Refusal) in
      try form.takeTyped()
      requests = try form.requests(in: tree)
    }
    guard let requests else { return [] }
    model.overlay = nil
    switch requests.count {
    case 0:
      model.notice = "nothing was changed"
      return []
    case 1: return [.request(requests[0])]
    default: return [.requests(requests)]
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
