import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// What the rows do that only change the look, and a few that fit nowhere else.
enum ViewActions {
  @Sendable static func mark(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let node = try model.selected()
    let isMarked = model.marked.remove(node.id) == nil
    if isMarked { model.marked.insert(node.id) }
    // Not every view draws marks.
    model.notice = "\(node.name) is \(isMarked ? "" : "no longer ")marked"
    return []
  }

  @Sendable static func command(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.overlay = .command(CommandLine())
    return []
  }

  @Sendable static func quit(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] { [.quit] }

  @Sendable static func order(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if case .command(_, let text) = input, !text.isEmpty {
      model.table.order = try value(text, of: "order")
    } else {
      model.table.order = following(model.table.order)
    }
    return []
  }

  @Sendable static func verbose(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.log.isVerbose.toggle()
    model.log.traced = nil
    return []
  }

  /// Shows the messages of the selection only, and no messages the second time (OTP: sys:trace).
  @Sendable static func trace(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let node = try model.selected()
    let isOn = model.log.traced == node.id && model.log.isVerbose
    model.log.isVerbose = !isOn
    model.log.traced = isOn ? nil : node.id
    if !isOn { model.view = .log }
    return []
  }

  /// What the selection has done since its start (OTP: sys:statistics).
  @Sendable static func statistics(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let node = try model.selected()
    guard let inspection = model.inspection, inspection.pid == node.pid,
      let life = node.lives.last
    else {
      let why = node.pid == nil ? "does not run" : "is being looked into; ask again"
      throw Refusal("\(node.name) \(why)")
    }
    let (received, turns) = (inspection.received, inspection.turns)
    model.notice =
      "\(node.name): \(grouped(received)) \(noun(for: received, "message")) in, "
      + "\(grouped(inspection.sent)) out, \(grouped(turns)) \(noun(for: turns, "turn")) "
      + "in \(spoken(model.now - life.start))"
    return []
  }

  /// To the next event of the same process, or to the one before.
  static func sameProcess(_ course: Course, in model: inout ConsoleModel) throws(Refusal) {
    let isForward = course == .on
    guard LogView.jump(forward: isForward, in: &model) else {
      throw Refusal("nothing \(isForward ? "more" : "earlier") is told of this process")
    }
  }

  @Sendable static func why(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    if model.view == .time {
      model.timeline.showsWhy.toggle()
    } else {
      model.log.showsWhy.toggle()
    }
    return []
  }

  @Sendable static func letters(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.treeDiagram.showsLettersOnly.toggle()
    return []
  }

  @Sendable static func marks(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard !model.options.glyphs.isASCII else { throw Refusal("this terminal takes ASCII only") }
    if case .command(_, let text) = input, !text.isEmpty {
      model.options.glyphs.marks = try value(text, of: "drawing")
    } else {
      model.options.glyphs.marks = following(model.options.glyphs.marks)
    }
    model.notice = "drawn in \(model.options.glyphs.marks.rawValue)"
    return []
  }

  @Sendable static func theme(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.options.theme = try value(input.text, of: "theme")
    return []
  }

  @Sendable static func motion(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    model.options.motion = try value(input.text, of: "motion")
    return []
  }

  /// `:mouse`, `:cursor`: on or off, or the other way round.
  static func toggling(
    _ what: String, _ option: @escaping @Sendable (inout ConsoleOptions, Bool?) -> Bool
  )
    -> Action.Run
  {
    { model, input throws(Refusal) in
      let wanted: Bool? =
        switch input.text {
        case "on": true
        case "off": false
        case "": nil
        default: throw Refusal("\(what) is on or off, not '\(input.text)'")
        }
      model.notice = "\(what): \(option(&model.options, wanted) ? "on" : "off")"
      return []
    }
  }

  @Sendable static func save(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let name = input.text
    guard !name.isEmpty else { throw Refusal("a file name is missing, such as shop.svg") }
    guard let format = ExportFormat(fileName: name) else {
      let endings = ExportFormat.allCases.map { "." + $0.ending }.joined(separator: " ")
      throw Refusal("'\(name)' says no format by its ending: \(endings)")
    }
    return [.save(name: name, as: format)]
  }

  @Sendable static func cast(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    [.file(input.text.isEmpty ? .endCast : .cast(name: input.text))]
  }

  @Sendable static func record(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard !input.text.isEmpty else { throw Refusal("a file name is missing, such as shop.jsonl") }
    return [.file(.record(name: input.text))]
  }

  @Sendable static func epilogue(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    let sentences = model.recentEvents.epilogue.sentences(in: model.tree, at: model.now)
    guard !sentences.isEmpty else { throw Refusal("nothing has happened yet") }
    model.notice = sentences.joined(separator: "; ")
    return []
  }

  /// The case called `text`.
  private static func value<Value: RawRepresentable<String> & CaseIterable>(
    _ text: String, of what: String
  ) throws(Refusal) -> Value {
    guard let value = Value(rawValue: text) else {
      let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refusal("there is no \(what) '\(text)': \(names)")
    }
    return value
  }

  /// The next case, the first after the last.
  private static func following<Value: CaseIterable & Equatable>(_ value: Value) -> Value {
    let cases = Array(Value.allCases)
    let index = cases.firstIndex(of: value) ?? 0
    return cases[(index + 1) % cases.count]
  }
}
