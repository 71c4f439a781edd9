import BubbleCells
import BubbleEvents
import BubbleTree

// What the rows do that go back and forth in time.
extension TimeActions {
  @Sendable static func undo(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard model.travel.undoable != nil else { throw Refusal("nothing was done that can be undone") }
    return [.undo]
  }

  @Sendable static func redo(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard model.travel.redoable != nil else { throw Refusal("nothing was undone") }
    return [.redo]
  }

  @Sendable static func stepBack(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard model.tree.lastEvent > model.travel.beginning else {
      throw Refusal("this is the beginning")
    }
    return [.stepBack]
  }

  @Sendable static func now(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard model.travel.isPast else { throw Refusal("this is now") }
    return [.seekEnd]
  }

  /// To what the user did, or what crashed by itself, before or after the shown moment.
  static func incident(
    _ course: Course, in model: inout ConsoleModel
  ) throws(Refusal) -> [ConsoleCommand] {
    let known = model.travel.end?.tree ?? model.tree
    let shown = model.tree.lastEvent
    if course == .back {
      var event = shown
      while event > model.travel.beginning + 1 {
        event -= 1
        guard known.recent[event] != nil else { break }
        if known.isIncident(event) { return [.seek(event)] }
      }
      throw Refusal("nothing was killed and nothing crashed before")
    }
    var event = shown + 1
    while event <= known.lastEvent {
      if known.isIncident(event) { return [.seek(event)] }
      event += 1
    }
    throw Refusal("nothing was killed and nothing crashed after this, as far as is known")
  }

  /// Goes to an instant, a span before now, or an event.
  @Sendable static func goTo(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let text = input.text
    let known = model.travel.end?.tree ?? model.tree
    if text.hasPrefix("#") {
      guard let event = Event.ID(text.dropFirst()) else {
        throw Refusal("'\(text)' is not an event: write its number, such as #120")
      }
      guard event <= known.lastEvent else {
        throw Refusal("there is no event #\(event) yet: the last one is #\(known.lastEvent)")
      }
      return [.seek(event)]
    }
    let isBack = text.hasPrefix("-")
    guard let span = Duration(describedAs: isBack ? String(text.dropFirst()) : text) else {
      throw Refusal(
        "'\(text)' is not an instant: write 12.5s, -3s for 3 s ago, or #120 for an event")
    }
    let now = model.travel.end?.now ?? model.now
    let offset = span.wholeNanoseconds
    let instant = RuntimeInstant(nanoseconds: isBack ? max(0, now.nanoseconds - offset) : offset)
    guard instant <= now else {
      throw Refusal("\(instant) is still to come: now is \(now)")
    }
    return instant == now ? [.seekEnd] : [.seekInstant(instant)]
  }

  @Sendable static func future(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let futures = model.travel.futures
    guard let last = futures.last else {
      throw Refusal("there is no other future: go back with , and act, and this one is kept")
    }
    guard !input.text.isEmpty else { return [.enterFuture(last.number)] }
    guard let future = futures.first(where: { String($0.number) == input.text }) else {
      let names = futures.map { "\($0.number) (\($0.title))" }.joined(separator: ", ")
      throw Refusal("there is no future '\(input.text)': \(names)")
    }
    return [.enterFuture(future.number)]
  }
}
