import ArgumentParser
import BubbleCells
import BubbleChat
import BubbleCommands
import BubbleConsole
import BubbleEvents
import BubbleRealTime
import BubbleSession
import BubbleTerminal
import BubbleTree
import Foundation

/// The demo that is not a scenario: a chat with real sockets, in real time.
struct ChatStage {
  var chat: ChatOptions
  var options: StageOptions

  /// Opens the chat and the console on it, or prints what happens in it.
  func open(_ files: FileOptions) throws {
    let end = try complaining { () throws -> ConsoleEnd in
      try refuseWhatCannotBe(files)
      let chat = try start()
      defer { chat.machine.stop() }
      let guests = ChatGuests(self.chat.guests ?? 0, port: chat.port)
      defer { guests.leave() }
      guard !self.chat.headless else {
        if options.script { try present(chat) } else { try narrate(chat) }
        return .left
      }
      return try show(chat, writing: files)
    }
    if case .signal(let number) = end { throw ExitCode(128 + number) }
  }

  private func refuseWhatCannotBe(_ files: FileOptions) throws(Complaint) {
    if options.speed != nil {
      throw .usage("chat runs in real time: --speed is for the other demos")
    }
    if options.script, chat.duration != nil {
      throw .usage("a script without a screen ends by itself: leave --for or --script away")
    }
    if let guests = chat.guests, !(0...ChatGuests.most).contains(guests) {
      throw .usage("\(guests) guests: write 0 to \(ChatGuests.most)")
    }
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
    var session = session(chat)
    let instead = chat.port == Chat.usualPort || self.chat.port != nil ? "" : "4040 is taken: "
    if options.script {
      session.nextCue()
    } else {
      session.send(.notice("\(instead)type \(chat.address) elsewhere, and become a bubble"))
    }
    return try Stage.show(
      session, options: options, writing: files, by: FileOutlet(title: "chat"))
  }

  private func session(_ chat: Chat, beat: Duration? = nil) -> Session {
    let model = ConsoleModel(
      scenario: "chat:\(chat.port)", size: Size(columns: 80, rows: 24), view: options.view,
      pace: Pace(beat: beat ?? options.beat ?? .milliseconds(300)),
      options: ConsoleOptions(
        theme: options.chosenTheme, glyphs: .unicode, motion: options.motion),
      isPresenting: options.present)
    var session = Session(subject: RunningSubject(chat.machine), model: model)
    session.prepare(ChatScript.script(address: chat.address))
    return session
  }

  /// Presents the script without a screen, at the pace of the clock on the wall.
  private func present(_ chat: Chat) throws {
    try printWhole("\(chat.address)\n")
    var session = session(chat, beat: .zero)
    var writer = EventPrinter(isJSON: false)
    var written: Event.ID = 0
    var last = ContinuousClock.now
    while true {
      let now = ContinuousClock.now
      session.advance(by: now - last)
      last = now
      let events = session.model.tree.events(after: written)
      try writer.write(events)
      try writer.flush()
      written = events.last?.id ?? written
      if !session.isScriptWaiting {
        guard session.hasNextCue else { break }
        session.nextCue()
      }
      usleep(10_000)
    }
    session.finishCue()
    guard session.scriptFailures.isEmpty else {
      let failures = session.scriptFailures.map { "chat: \($0)" }
      throw Complaint(message: sanitised(failures.joined(separator: "; ")), code: EXIT_FAILURE)
    }
  }

  /// Prints the address and then every event, until the time is over.
  private func narrate(_ chat: Chat) throws(Complaint) {
    try printWhole("\(chat.address)\n")
    var writer = EventPrinter(isJSON: false)
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

extension ChatOptions {
  /// The chat that is asked for; a port that was asked for has to be that one.
  fileprivate var settings: Chat.Settings {
    var settings = Chat.Settings()
    if let port {
      settings.port = port
      settings.fallsBack = false
    }
    if let connections { settings.maximumConnections = connections }
    return settings
  }
}
