import ArgumentParser
import BubbleCells
import BubbleChat
import BubbleConsole
import BubbleRealTime
import BubbleSession
import BubbleTerminal
import Foundation

/// The demo that is no scenario: a chat with real sockets, in real time.
struct ChatStage {
  static let name = "chat"
  static let summary = "a chat server in real time: everybody who connects with nc is a bubble"
  static let isNoScenario =
    "chat runs in real time with real sockets, not from a scenario: open it with `bubbles demo "
    + "chat`, or without a screen with `bubbles demo chat --headless`"
  static let optionsElsewhere =
    "--port, --connections, --headless and --for are options of the demo chat"

  var chat: ChatOptions
  var options: StageOptions

  /// Opens the chat and the console on it, or prints what happens in it.
  func open(writing files: FileOptions) throws {
    let end = try complaining { () throws -> ConsoleEnd in
      try refuseWhatNeedsVirtualTime(files)
      let chat = try start()
      defer { chat.machine.stop() }
      guard !self.chat.headless else {
        try narrate(chat)
        return .left
      }
      return try show(chat, writing: files)
    }
    if case .signal(let number) = end { throw ExitCode(128 + number) }
  }

  private func refuseWhatNeedsVirtualTime(_ files: FileOptions) throws(Complaint) {
    if options.speed != nil {
      throw .usage("chat runs in real time: --speed is for the other demos")
    }
    if options.script { throw .usage("chat has no script; docs/CHAT.md has a walk through it") }
    if files.record != nil {
      throw .usage("chat runs in real time, and its run cannot be run again; use --cast")
    }
  }

  private func start() throws(Complaint) -> Chat {
    do {
      return try Chat(chat.settings, seed: options.seed ?? 1)
    } catch {
      throw .unavailable(error.description)
    }
  }

  private func show(_ chat: Chat, writing files: FileOptions) throws(Complaint) -> ConsoleEnd {
    var model = ConsoleModel(
      scenario: "chat:\(chat.port)", size: Size(columns: 80, rows: 24), view: options.view,
      pace: Pace(beat: options.beat ?? .milliseconds(300)),
      options: ConsoleOptions(
        theme: options.chosenTheme, glyphs: .unicode, motion: options.motion))
    model.isPresenting = options.present
    model.isRealTime = true
    var session = Session(machine: LiveMachine(showing: chat.machine), model: model)
    let instead = chat.port == Chat.usualPort || self.chat.port != nil ? "" : "4040 is taken: "
    session.send(.notice("\(instead)type \(chat.address) elsewhere, and become a bubble"))
    return try Stage.show(
      session, options: options, writing: files, by: FileOutlet(title: "chat"))
  }

  /// Prints the address and then every event, until the time is over.
  private func narrate(_ chat: Chat) throws(Complaint) {
    try printWhole("\(chat.address)\n")
    var writer = TraceWriter(isJSON: false)
    let end = self.chat.duration.map { ContinuousClock.now + $0 }
    while true {
      let isOver = end.map { $0 <= .now } ?? false
      try writer.write(chat.machine.look().events)
      try writer.flush()
      if isOver { return }
      usleep(50_000)
    }
  }
}
