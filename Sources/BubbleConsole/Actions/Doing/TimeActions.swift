import BubbleCells
import BubbleEvents
import BubbleTree

/// What the rows of `ActionTable.timing` do.
enum TimeActions {
  @Sendable static func pause(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.pace.isPaused.toggle()
    model.isFrozen = model.pace.isPaused
    return []
  }

  @Sendable static func step(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    step(in: &model)
  }

  /// Shows one more event, and stands still.
  static func step(in model: inout ConsoleModel) -> [ConsoleCommand] {
    model.isFrozen = false
    model.pace.isPaused = true
    return [.step]
  }

  static let speedNames = Pace.speeds.map { String(Pace.text(ofSpeed: $0).dropLast()) }

  @Sendable static func speed(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    try set(speed: speed(input.text), in: &model)
    return []
  }

  static func changeSpeed(_ course: Course, in model: inout ConsoleModel) throws(Refusal) {
    try set(speed: course == .back ? model.pace.slower : model.pace.faster, in: &model)
  }

  private static func set(speed: Double, in model: inout ConsoleModel) throws(Refusal) {
    guard speed != model.pace.speed else {
      throw Refusal("\(Pace.text(ofSpeed: speed)) is as far as it goes")
    }
    model.pace.speed = speed
    model.notice = "speed \(Pace.text(ofSpeed: speed))"
  }

  /// Reads `1/4`, `0.25`, `2` or `2x`.
  private static func speed(_ text: String) throws(Refusal) -> Double {
    let slowest = Pace.speeds[0]
    let fastest = Pace.speeds[Pace.speeds.count - 1]
    guard let speed = Pace.speed(describedAs: text), speed >= slowest, speed <= fastest else {
      throw Refusal("'\(text)' is not a speed: write 1/64 to 16, such as 1/4 or 2")
    }
    return speed
  }

  @Sendable static func beat(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    set(beat: try beat(input.text), in: &model)
    return []
  }

  static func changeBeat(_ course: Course, in model: inout ConsoleModel) {
    set(beat: course == .back ? model.pace.shorterBeat : model.pace.longerBeat, in: &model)
  }

  private static func set(beat: Duration, in model: inout ConsoleModel) {
    model.pace.beat = beat
    model.notice = "each event holds the screen for \(Pace.text(ofBeat: beat))"
    if beat == .zero { model.notice = "no beat: events follow each other in machine time" }
  }

  private static func beat(_ text: String) throws(Refusal) -> Duration {
    guard let beat = Duration(describedAs: text) else {
      throw Refusal("'\(text)' is not a beat: write 300ms or 1s, 0 for none")
    }
    guard beat <= .seconds(10) else { throw Refusal("a beat lasts 10 s at most") }
    return beat
  }

  @Sendable static func follow(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.isFollowing.toggle()
    model.notice =
      model.isFollowing ? "the selection follows what happens" : "the selection stays"
    return []
  }

  /// Begins the run again; the pace and the look stay.
  @Sendable static func startAgain(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.pace.isPaused = false
    model.notice = "from the beginning"
    return [.startAgain]
  }
}
