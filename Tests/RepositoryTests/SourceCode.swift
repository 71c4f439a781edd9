/// Swift source without its comments and the contents of its strings.
struct SourceCode {
  /// UTF-8, with spaces where something was taken out.
  private let bytes: [UInt8]

  /// Takes out comments, and strings with what is interpolated in them.
  init(_ source: [String]) {
    var scanner = Scanner(bytes: Array(source.joined(separator: "\n").utf8))
    scanner.blank()
    bytes = scanner.bytes
  }

  /// As many lines as the source has.
  var lines: [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The words that begin with a capital letter and are not a part of another word.
  var capitalisedWords: Set<String> {
    var words: Set<String> = []
    for word in bytes.split(whereSeparator: { !Self.isWord($0) }) where word.count > 1 {
      guard let first = word.first, (0x41...0x5A).contains(first) else { continue }
      words.insert(String(decoding: word, as: UTF8.self))
    }
    return words
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
    default: false
    }
  }
}

/// Overwrites what is not code with spaces.
private struct Scanner {
  var bytes: [UInt8]
  private var index = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func blank() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "/") where isAt("//"): eraseLine()
      case UInt8(ascii: "/") where isAt("/*"): eraseComment()
      case UInt8(ascii: "\""), UInt8(ascii: "#"):
        if let fence = stringFence() { eraseString(fence) } else { index += 1 }
      default: index += 1
      }
    }
  }

  private func isAt(_ text: StaticString, offset: Int = 0) -> Bool {
    text.withUTF8Buffer { expected in
      index + offset + expected.count <= bytes.count
        && expected.indices.allSatisfy { bytes[index + offset + $0] == expected[$0] }
    }
  }

  /// Overwrites one byte and goes on.
  private mutating func erase() {
    if bytes[index] != UInt8(ascii: "\n") { bytes[index] = UInt8(ascii: " ") }
    index += 1
  }

  private mutating func eraseLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { erase() }
  }

  private mutating func eraseComment() {
    var depth = 0
    repeat {
      if isAt("/*") {
        depth += 1
        erase()
      } else if isAt("*/") {
        depth -= 1
        erase()
      }
      if index < bytes.count { erase() }
    } while depth > 0 && index < bytes.count
  }

  // MARK: - Strings

  /// What a string is closed by: how many `#`, and whether it has several lines.
  private struct Fence {
    var hashes: Int
    var isMultiline: Bool
  }

  private func stringFence() -> Fence? {
    var hashes = 0
    while isAt("#", offset: hashes) { hashes += 1 }
    guard isAt("\"", offset: hashes) else { return nil }
    return Fence(hashes: hashes, isMultiline: isAt("\"\"\"", offset: hashes))
  }

  private func hasHashes(_ count: Int, offset: Int) -> Bool {
    (0..<count).allSatisfy { isAt("#", offset: offset + $0) }
  }

  private mutating func eraseString(_ fence: Fence) {
    let quotes = fence.isMultiline ? 3 : 1
    for _ in 0..<fence.hashes + quotes { erase() }
    while index < bytes.count {
      let isEnd =
        (fence.isMultiline ? isAt("\"\"\"") : isAt("\""))
        && hasHashes(fence.hashes, offset: quotes)
      if isEnd {
        for _ in 0..<fence.hashes + quotes { erase() }
        return
      }
      if bytes[index] == UInt8(ascii: "\n"), !fence.isMultiline { return }
      if isAt("\\"), hasHashes(fence.hashes, offset: 1) {
        eraseEscape(fence.hashes)
      } else {
        erase()
      }
    }
  }

  /// An escaped character, or an interpolation with the strings inside it.
  private mutating func eraseEscape(_ hashes: Int) {
    for _ in 0...hashes { erase() }
    guard index < bytes.count, isAt("(") else {
      if index < bytes.count { erase() }
      return
    }
    var depth = 0
    repeat {
      if let fence = stringFence() {
        eraseString(fence)
        continue
      }
      if isAt("(") { depth += 1 }
      if isAt(")") { depth -= 1 }
      erase()
    } while depth > 0 && index < bytes.count
  }
}
