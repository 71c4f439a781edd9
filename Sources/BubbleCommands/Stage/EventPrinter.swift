import BubbleCells
package import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleTree

/// Prints events as they come, in blocks.
package struct EventPrinter {
  let isJSON: Bool
  private var block: [UInt8] = []
  private var text = EventText()

  /// Prints lines of JSON, or of text.
  package init(isJSON: Bool) { self.isJSON = isJSON }

  /// Without messages a trace is a recording of a run in which nobody acted.
  mutating func writeHeader(of source: Source, seed: UInt64, isRecording: Bool) {
    guard isJSON else { return }
    let header =
      isRecording
      ? source.header(seed: seed) : RecordingHeader(scenario: source.scenario.name, seed: seed)
    block += header.bytes
  }

  /// Adds `events`.
  package mutating func write(_ events: [Event]) throws(Complaint) {
    for event in events {
      if isJSON {
        block += RecordingLine.event(event).bytes
      } else {
        block.append(contentsOf: sanitised(text.line(for: event)).utf8)
        block.append(UInt8(ascii: "\n"))
      }
    }
    if block.count > 1 << 16 { try flush() }
  }

  /// Prints what has not been printed yet.
  package mutating func flush() throws(Complaint) {
    try printWhole(String(decoding: block, as: UTF8.self))
    block.removeAll(keepingCapacity: true)
  }
}
