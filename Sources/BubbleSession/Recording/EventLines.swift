import Foundation

/// The lines of a recording that tell its events, one after the other.
struct EventLines {
  private let data: Data
  private let stretches: [Recording.Stretch]
  private var stretch: Int
  private var offset = 0
  private var line = 1

  /// Before the first event of a stretch.
  init(of recording: Recording, from stretch: Int = 0) {
    data = recording.data
    stretches = recording.stretches
    self.stretch = stretch
    enter()
  }

  /// The next event's line, without its end; nil after the last one.
  mutating func next() -> (bytes: Range<Int>, line: Int)? {
    if stretches.indices.contains(stretch), offset >= stretches[stretch].bytes.upperBound {
      stretch += 1
      enter()
    }
    guard stretches.indices.contains(stretch), let end = data.lineBreak(from: offset) else {
      return nil
    }
    defer {
      offset = end + 1
      line += 1
    }
    return (offset..<end, line)
  }

  private mutating func enter() {
    guard stretches.indices.contains(stretch) else { return }
    offset = stretches[stretch].bytes.lowerBound
    line = stretches[stretch].firstLine
  }
}

extension Data {
  /// Where the line that begins at `offset` ends; nil when it is cut off.
  func lineBreak(from offset: Int) -> Int? {
    withUnsafeBytes { (all: UnsafeRawBufferPointer) in
      guard offset < all.count, let start = all.baseAddress,
        let found = memchr(start + offset, Int32(UInt8(ascii: "\n")), all.count - offset)
      else { return nil }
      return UnsafeRawPointer(found) - start
    }
  }

  /// How long the longest text in the JSON before `end` is at least, without decoding it: an escape
  /// of up to six bytes stands for one byte or more.
  func leastTextLength(upTo end: Int) -> Int {
    withUnsafeBytes { (all: UnsafeRawBufferPointer) in
      var longest = 0
      var length = 0
      var index = 0
      while index < end {
        switch all[index] {
        case UInt8(ascii: "\""): length = 0
        case UInt8(ascii: "\\"):
          length += 1
          index += index + 1 < end && all[index + 1] == UInt8(ascii: "u") ? 5 : 1
        default: length += 1
        }
        longest = Swift.max(longest, length)
        index += 1
      }
      return longest
    }
  }
}
