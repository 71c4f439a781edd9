@testable import BubbleEvents
import BubbleTestSupport
import Foundation
import Testing

/// A line of a recording is known by its fields, wherever they stand in it.
@Suite struct RecordingFormatTests {
  private func event(in line: String, format: RecordingFormat = .newest) -> Event.ID? {
    Array(line.utf8).withUnsafeBytes { format.event(in: $0) }
  }

  /// The line with its fields in another order.
  private func shuffled(_ bytes: [UInt8], _ chance: inout SplitMix64) throws -> String {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let fields = try object.keys.sorted().shuffled(using: &chance).map { key in
      let value = try JSONSerialization.data(
        withJSONObject: object[key] ?? 0, options: [.fragmentsAllowed, .withoutEscapingSlashes])
      return "\"\(key)\":" + String(decoding: value, as: UTF8.self)
    }
    return "{" + fields.joined(separator: ",") + "}"
  }

  @Test(arguments: UInt64(0)..<20)
  func `every kind of event is known, in whatever order its fields stand`(seed: UInt64) throws {
    var any = AnyEvent(seed: seed)
    var chance = SplitMix64(seed: seed)
    for event in any.events() {
      let line = RecordingLine.event(event)
      #expect(self.event(in: String(decoding: line.bytes, as: UTF8.self)) == event.id)
      let shuffled = try shuffled(line.bytes, &chance)
      #expect(self.event(in: shuffled) == event.id, "\(shuffled)")
      #expect(try JSONDecoder().decode(RecordingLine.self, from: Data(shuffled.utf8)) == line)
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `an act is none, although it may hold what an event does`(seed: UInt64) throws {
    var any = AnyEvent(seed: seed)
    var chance = SplitMix64(seed: seed)
    let requests: [ControlRequest] =
      [
        .process(PID(2), .send(.text(#"{"event":"linked","id":7}"#))),
        .process(PID(2), .send(.text(#"","event":"linked","id":7,"x":""#))),
      ]
      + any.events().compactMap { event in
        if case .requested(let request, _) = event.kind { request } else { nil }
      }
    let acts: [RecordedAct.Act] =
      requests.map { .request($0, by: .command("send")) }
      + [
        .startChaos(any.plan(), seed: seed), .stopChaos, .tellMessages(true), .tellMessages(false),
      ]
    for act in acts {
      let line = RecordingLine.act(RecordedAct(at: .init(turns: 1, instant: .zero), act))
      for _ in 0..<3 {
        let shuffled = try shuffled(line.bytes, &chance)
        #expect(event(in: shuffled) == nil, "\(shuffled)")
        #expect(try JSONDecoder().decode(RecordingLine.self, from: Data(shuffled.utf8)) == line)
      }
    }
  }

  @Test(
    arguments: [
      (#"{"event":"x","id":3}"#, 3), (#" { "id" : 12 , "event" : [ {"id":1} ] } "#, 12),
      (#"{"x":"\"id\":5,\\","event":"e","id":6}"#, 6), (#"{"x":{"event":1,"id":2}}"#, nil),
      (#"{"event":"x"}"#, nil), (#"{"id":3}"#, nil), (#"{"event":"x","id":"3"}"#, nil),
      (#"{"event":"x","id":99999999999999999999}"#, nil), (#"{"event":"x","id":-1}"#, nil),
      (#"["event","id"]"#, nil), (#"{"event"#, nil), ("{", nil), ("", nil), (#"{"a":"\"#, nil),
      (#"{"a":1 "event":"x","id":3}"#, nil),
    ] as [(String, Event.ID?)])
  func `only the fields of the object itself count`(line: String, id: Event.ID?) {
    #expect(event(in: line) == id)
  }

  @Test func `only formats that there are can be asked for`() {
    #expect(RecordingFormat(version: 0) == nil)
    #expect(RecordingFormat(version: RecordingHeader.currentFormat) == .newest)
    #expect(RecordingFormat(version: RecordingHeader.currentFormat + 1) == nil)
  }
}
