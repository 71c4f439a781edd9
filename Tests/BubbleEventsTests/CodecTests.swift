import BubbleEvents
import Foundation
import Testing

@Suite struct CodecTests {
  static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init).map { [$0] }
    ?? Array(1...40)

  @Test(arguments: seeds)
  func `an event of any kind reads back as it was written`(seed: UInt64) throws {
    var any = AnyEvent(seed: seed)
    for (index, name) in Event.Kind.names.enumerated() {
      let event = any.event(id: UInt64(index) + 1, kindNumber: index)
      let data = try JSONEncoder().encode(event)
      let back = try JSONDecoder().decode(Event.self, from: data)
      #expect(
        back == event,
        "\(name): reproduce with SEED=\(seed) swift test --filter CodecTests")
      #expect(event.kind.name == name)
    }
  }

  @Test(arguments: seeds)
  func `a term reads back from its typed text`(seed: UInt64) {
    var any = AnyEvent(seed: seed)
    for _ in 0..<50 {
      let term = any.term()
      #expect(Term(typed: term.typed) == term, "\(term.typed), seed \(seed)")
    }
  }

  @Test func `the line of an event is flat and spelled as in OTP`() throws {
    let event = Event(
      id: 12, instant: RuntimeInstant(nanoseconds: 10_304_000_000), cause: 11,
      kind: .processExited(pid: PID(3), reason: .shutdownBecause(["a", 1])))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let line = String(decoding: try encoder.encode(event), as: UTF8.self)
    #expect(
      line
        == #"{"at":10304000000,"cause":11,"event":"process_exited","id":12,"pid":"<3>","#
        + #""reason":"{shutdown,[a,1]}"}"#)
  }

  @Test(arguments: [
    (#"{"id":1,"at":0,"event":"process_vanished"}"#, "process_vanished"),
    (#"{"id":1,"at":0,"event":"process_exited","pid":"three","reason":"normal"}"#, "three"),
    (#"{"id":1,"at":0,"event":"process_exited","pid":"<3>","reason":"{a"}"#, "{a"),
  ])
  func `a wrong field is named`(line: String, culprit: String) {
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Event.self, from: Data(line.utf8))
    }
    #expect(error.map { "\($0)" }?.contains(culprit) == true)
  }

  @Test func `the format's document names every kind`() throws {
    let document = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/EVENT_FORMAT.md")
    let text = try String(contentsOf: document, encoding: .utf8)
    for name in Event.Kind.names {
      #expect(text.contains("| `\(name)` |") || name == "reported", "\(name)")
    }
  }

  @Test(arguments: [
    ("300ms", 300), ("1.5 s", 1500), ("2min", 120_000), ("0", 0), ("1h", 3_600_000),
  ])
  func `a duration is read as people write it`(text: String, milliseconds: Int) {
    #expect(Duration(describedAs: text) == .milliseconds(milliseconds))
  }

  @Test(arguments: ["", "5", "-1s", "soon", "1e9s", "99999999h", "ms", "1 parsec"])
  func `what is no duration is refused`(text: String) {
    #expect(Duration(describedAs: text) == nil)
  }
}
