import BubbleCells
import BubbleEvents
import BubbleTree

// What the rows do that belong to the timeline.
extension TimeActions {
  /// One column back or on; at the end the machine goes one event further.
  static func playhead(
    _ course: Course, in model: inout ConsoleModel
  ) throws(Refusal) -> [ConsoleCommand] {
    let book = model.knownTimeline
    let shown = model.tree.lastEvent
    let after = book.columns.partitioningIndex { $0.event > shown }
    if course == .on {
      guard model.travel.isPast else { return step(in: &model) }
      guard after < book.columns.count else { return [.seekEnd] }
      return [.seek(book.columns[after].event)]
    }
    guard shown > model.travel.beginning else { throw Refusal("this is the beginning") }
    let before = book.columns.partitioningIndex { $0.event >= shown } - 1
    guard before >= 0 else { return [.seek(model.travel.beginning)] }
    return [.seek(max(book.columns[before].event, model.travel.beginning))]
  }

  @Sendable static func beginning(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard model.tree.lastEvent > model.travel.beginning else {
      throw Refusal("this is the beginning")
    }
    return [.seek(model.travel.beginning)]
  }

  @Sendable static func scale(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.timeline.isTrueToTime.toggle()
    model.notice =
      model.timeline.isTrueToTime
      ? "to scale" : "every event has a column of its own; quiet time is folded"
    return []
  }
}
