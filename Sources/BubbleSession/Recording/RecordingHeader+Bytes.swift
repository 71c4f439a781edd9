package import BubbleEvents
import Foundation

extension RecordingHeader {
  /// The first line of a recording or a trace as UTF-8, with its line break.
  package var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return withoutSteering(Array(try encoder.encode(self))) + [UInt8(ascii: "\n")]
    } catch {
      preconditionFailure("a header can always be encoded: \(error)")
    }
  }
}
