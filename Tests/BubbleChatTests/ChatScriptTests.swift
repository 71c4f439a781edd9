import BubbleCells
import BubbleChat
import BubbleConsole
import BubbleScripts
import BubbleSession
import BubbleTestSupport
import Testing

/// The chat runs in real time and cannot be held, so its script has to be true whenever it is read.
@Suite(.serialized, .timeLimit(.minutes(60))) struct ChatScriptTests {
  @Test func `each step stays true while people read it, come, talk and crash`() throws {
    let room = try ChatUnderTest()
    defer { room.stop() }
    let ann = try room.person("ann")
    var session = Session(
      subject: RunningSubject(room.chat.machine),
      model: ConsoleModel(
        scenario: "chat", size: Size(columns: 80, rows: 24), pace: Pace(beat: .zero)))
    session.prepare(ChatScript.script(address: "here"))
    var step = 0
    while session.hasNextCue {
      session.nextCue()
      try waitUntil("the step is over") {
        session.advance(by: .milliseconds(10))
        return !session.isScriptWaiting
      }
      // All is as it should be when the step is over, and still when the next one begins.
      session.finishCue()
      step += 1
      // A door that has just been started again may be about to listen.
      var arrived: LineClient?
      try waitUntil("somebody is let in") {
        do {
          arrived = try LineClient(port: room.chat.port)
        } catch {
          session.advance(by: .milliseconds(10))
        }
        return arrived != nil
      }
      let guest = try #require(arrived)
      guest.send("/nick guest\(step)\nhello\n/crash\n")
      _ = try guest.rest()
      session.advance(by: .milliseconds(10))
      session.finishCue()
      #expect(session.scriptFailures == [], "step \(step)")
    }
    _ = try ann.rest()
  }

  @Test func `no caption is about the moment`() {
    let momentary: Set<Substring> = ["now", "just", "already", "later", "soon", "still", "again"]
    for cue in ChatScript.script(address: "nc 127.0.0.1 4040").cues {
      for text in [cue.caption, cue.question?.text].compactMap(\.self) {
        let words = Set(text.lowercased().split { !$0.isLetter })
        #expect(words.isDisjoint(with: momentary), "\(text)")
      }
    }
  }
}
