@testable import BubbleNet
import Testing

/// Lines out of bytes that come in any pieces.
@Suite struct LineSplitterTests {
  /// All that comes out of `pieces`, overlong lines as `!`.
  func lines(_ pieces: [String], limit: Int = 5, ends: Bool = false) -> [String] {
    var splitter = LineSplitter(limit: limit)
    var found: [String] = []
    func take(_ item: LineSplitter.Item) {
      switch item {
      case .line(let bytes): found.append(String(decoding: bytes, as: UTF8.self))
      case .overlong: found.append("!")
      }
    }
    for piece in pieces {
      splitter.add(Array(piece.utf8))
      while let item = splitter.next() { take(item) }
    }
    while ends, let item = splitter.finish() { take(item) }
    return found
  }

  @Test(arguments: [
    (["a\nb\n"], ["a", "b"]),
    (["a", "b", "\n"], ["ab"]),
    (["a\r\n", "\r\n", "\n"], ["a", "", ""]),
    (["12345\n"], ["12345"]),
    (["12345\r", "\n"], ["12345"]),
    (["123456\n", "a\n"], ["!", "a"]),
    (["1234567", "89", "0\na\n"], ["!", "a"]),
    (["1234567", "\n"], ["!"]),
    (["a\nb"], ["a"]),
  ])
  func `bytes become lines however they are cut`(pieces: [String], expected: [String]) {
    #expect(lines(pieces) == expected)
  }

  @Test(arguments: [
    (["a\nb"], ["a", "b"]), (["a\n"], ["a"]), ([], []), (["1234567"], ["!"]),
    (["123456"], ["!"]),
  ])
  func `what is left at the end is a line`(pieces: [String], expected: [String]) {
    #expect(lines(pieces, ends: true) == expected)
  }

  @Test func `no more than one line's limit is held`() {
    var splitter = LineSplitter(limit: 100)
    for _ in 0..<1000 {
      splitter.add([UInt8](repeating: 65, count: 64))
      _ = splitter.next()
      #expect(splitter.count <= 100 + 64)
    }
  }
}
