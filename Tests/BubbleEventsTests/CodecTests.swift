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
    for event in any.events() {
      let data = try JSONEncoder().encode(event)
      let back = try JSONDecoder().decode(Event.self, from: data)
      #expect(
        back == event,
        "\(event.kind.name): reproduce with SEED=\(seed) swift test --filter CodecTests")
    }
  }

  /// The fast way of writing is tested against the other one.
  @Test(arguments: seeds)
  func `a line of a recording is what an encoder writes`(seed: UInt64) throws {
    var any = AnyEvent(seed: seed)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for (index, event) in (any.events() + [Self.everyControl]).enumerated() {
      let line = RecordingLine.event(event)
      #expect(
        line.bytes == withoutSteering(Array(try encoder.encode(event))) + [10], "seed \(seed)")
      #expect(try JSONDecoder().decode(RecordingLine.self, from: Data(line.bytes)) == line)
      guard case .requested(let request, let asker) = event.kind else { continue }
      let act = RecordedAct(
        at: .init(turns: index, instant: event.instant), .request(request, by: asker))
      #expect(RecordingLine.act(act).bytes == Array(try encoder.encode(act)) + [10])
    }
  }

  static let everyControl = Event(
    id: 1, instant: .zero, cause: nil,
    kind: .limitReached(
      pid: nil,
      limit: String(String.UnicodeScalarView((0..<0x80).map { Unicode.Scalar(UInt8($0)) }))))

  @Test(arguments: [
    (
      RecordingLine.act(
        RecordedAct(
          at: .init(turns: 7, instant: RuntimeInstant(nanoseconds: 5)),
          .request(.process(PID(3), .kill), by: .key("x")))),
      #"{"act":"request","at":5,"name":"x","origin":"key","request":{"pid":"<3>","request":"kill"},"steps":7}"#
    ),
    (
      .act(
        RecordedAct(
          at: .init(turns: 8, instant: RuntimeInstant(nanoseconds: 6)),
          .startChaos(FaultPlan(rate: FaultRate(perHour: 6)), seed: .max))),
      #"{"act":"start_chaos","at":6,"plan":{"delay":1000000000,"failed_start":"0.0","#
        + #""rate":"6/h","reason":"start_failed","reasons":["kill"],"refused_shutdown":"0.0","#
        + #""slow_start":"0.0","supervisors":false,"targets":[],"weights":["1.0"]},"#
        + #""seed":"18446744073709551615","steps":8}"#
    ),
    (
      .act(
        RecordedAct(at: .init(turns: 9, instant: RuntimeInstant(nanoseconds: 7)), .stopChaos)),
      #"{"act":"stop_chaos","at":7,"steps":9}"#
    ),
    (.back(event: 120, acts: 3), #"{"acts":3,"back":120}"#),
    (.end(RuntimeInstant(nanoseconds: 9_000_000_000)), #"{"end":9000000000}"#),
  ])
  func `the lines between the events`(line: RecordingLine, text: String) throws {
    #expect(String(decoding: line.bytes, as: UTF8.self) == text + "\n")
    #expect(try JSONDecoder().decode(RecordingLine.self, from: Data(text.utf8)) == line)
  }

  @Test(arguments: [
    (#"{"act":"prayer","at":5,"steps":7}"#, "prayer"), (#"{"what":1}"#, "end"),
    (#"{"act":"request","at":-5,"request":{"pid":"<3>","request":"kill"},"steps":7}"#, "below 0"),
    (#"{"end":-1}"#, "below 0"), (#"{"at":-1,"event":"linked","id":1}"#, "below 0"),
    (
      #"{"act":"request","at":5,"request":{"auto_shutdown":"never","request":"change_flags","#
        + #""restarts":-9223372036854775808,"seconds":5,"strategy":"one_for_one","#
        + #""supervisor":"<2>"},"steps":7}"#, "restarts -9223372036854775808 is below 0"
    ),
    (
      #"{"act":"request","at":5,"request":{"auto_shutdown":"never","request":"change_flags","#
        + #""restarts":1,"seconds":-9223372036854775808,"strategy":"one_for_one","#
        + #""supervisor":"<2>"},"steps":7}"#, "is below 1"
    ),
    (
      #"{"act":"request","at":5,"request":{"child":"a","request":"change_child","restart":"#
        + #""permanent","shutdown":"-1","supervisor":"<2>"},"steps":7}"#, "-1"
    ),
  ])
  func `a wrong line says what is wrong`(line: String, culprit: String) {
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(RecordingLine.self, from: Data(line.utf8))
    }
    #expect(error.map { "\($0)" }?.contains(culprit) == true)
  }

  @Test(arguments: seeds)
  func `a plan of faults reads back as it was`(seed: UInt64) throws {
    var any = AnyEvent(seed: seed)
    for _ in 0..<20 {
      let plan = any.plan()
      let act = RecordedAct(at: .init(turns: 1, instant: .zero), .startChaos(plan, seed: seed))
      let line = RecordingLine.act(act)
      #expect(
        try JSONDecoder().decode(RecordingLine.self, from: Data(line.bytes)) == line,
        "seed \(seed)")
    }
  }

  @Test(arguments: [
    (#""rate":"6/w""#, "6/w"), (#""weights":[]"#, "one weight"), (#""weights":["-1"]"#, "-1"),
    (#""slow_start":"1.5""#, "1.5"), (#""delay":-1"#, "-1"), (#""targets":["a//b"]"#, "a//b"),
  ])
  func `a wrong plan says what is wrong`(field: String, culprit: String) throws {
    let plan = FaultPlan(rate: FaultRate(perHour: 6))
    let good = String(decoding: try JSONEncoder().encode(plan), as: UTF8.self)
    let name = field.prefix { $0 != ":" }
    let key = try #require(good.range(of: name + ":"))
    let rest = good[key.upperBound...]
    let isList = rest.hasPrefix("[")
    let end = try #require(rest.firstIndex { isList ? $0 == "]" : $0 == "," || $0 == "}" })
    let bad =
      good[..<key.lowerBound] + field + rest[end...].drop { $0 == "]" }
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FaultPlan.self, from: Data(bad.utf8))
    }
    #expect(error.map { "\($0)" }?.contains(culprit) == true)
  }

  @Test(arguments: seeds)
  func `a term reads back from its typed text`(seed: UInt64) {
    var any = AnyEvent(seed: seed)
    for _ in 0..<50 {
      let term = any.term()
      #expect(Term(typed: term.typed) == term, "\(term.typed), seed \(seed)")
    }
  }

  @Test(arguments: [
    ("\u{7F}\u{80}\u{9F}", #"\u007f\u0080\u009f"#), ("\u{A0}é…", "\u{A0}é…"),
    ("\u{61C}\u{200E}\u{200F}", #"\u061c\u200e\u200f"#),
    ("\u{2028}\u{202A}\u{202E}", #"\u2028\u202a\u202e"#),
    ("\u{2066}\u{2069}\u{206A}", "\\u2066\\u2069\u{206A}"), ("\\u{9b}", #"\\u{9b}"#),
  ])
  func `a line of JSON steers no terminal`(text: String, escaped: String) throws {
    let event = Event(
      id: 1, instant: .zero, cause: nil, kind: .process(PID(1), .nameRegistered("x" + text)))
    let bytes = RecordingLine.event(event).bytes
    let line = String(decoding: bytes, as: UTF8.self)
    #expect(line.contains("\"x\(escaped)\""), "\(line)")
    #expect(try JSONDecoder().decode(Event.self, from: Data(bytes)) == event)
    #expect(withoutSteering(bytes) == bytes)
  }

  @Test func `the line of an event is flat and spelled as in OTP`() throws {
    let event = Event(
      id: 12, instant: RuntimeInstant(nanoseconds: 10_304_000_000), cause: 11,
      kind: .process(PID(3), .exited(.shutdownBecause(["a", 1]))))
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
    var any = AnyEvent(seed: 1)
    for name in any.events().map(\.kind.name) {
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
  func `what is not a duration is refused`(text: String) {
    #expect(Duration(describedAs: text) == nil)
  }
}
