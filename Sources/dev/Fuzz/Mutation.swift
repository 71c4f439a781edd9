import BubbleKernel

/// Damage by chance, from a seed.
struct Mutation {
  var chance: SplitMix64

  init(seed: UInt64) { chance = SplitMix64(seed: seed) }

  /// Numbers that are likely to be too much.
  private static let numbers = [
    "0", "-1", "1", "32768", "65536", "2147483648", "4294967296", "999999999999",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615",
    "1e308", "1e-308", "nan", "0.0000001", "10000 h", "0x7f",
  ]
  /// Pieces that mean something to one of the readers.
  private static let pieces = [
    "{", "}", "[", "]", "(", ")", ":", "#", "&a ", "*a", "!", "|", ">", "'", "\"", "\\", "%", "@",
    "`", ",", "\t", "\n", "\r", "\u{0}", "\u{1B}[2J", "\u{9B}5m", "\u{202E}", "\u{FFFE}", "é",
    "e\u{301}\u{301}", "作者", "🔥", "<<", ">>", "=>", "{1000}", "*", "+", "?", "/nick ", "/who",
    "/crash", "null", "true", "[[[[[[[[", "<0.1.0>", "#Ref<1>", "1 to 8", "+1", "- ", "  ",
  ]

  mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &chance) }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[number(below: elements.count)]
  }

  /// A short text of pieces and numbers.
  mutating func text() -> [UInt8] {
    (0...number(below: 12)).flatMap { _ in
      Array((number(below: 4) == 0 ? one(of: Self.numbers) : one(of: Self.pieces)).utf8)
    }
  }

  /// The bytes with some damage.
  mutating func damage(_ bytes: [UInt8], places: Int) -> [UInt8] {
    var bytes = bytes
    for _ in 0...number(below: places) where !bytes.isEmpty { damageOnce(&bytes) }
    return bytes
  }

  private mutating func damageOnce(_ bytes: inout [UInt8]) {
    let index = number(below: bytes.count)
    switch number(below: 8) {
    case 0: bytes[index] = UInt8(number(below: 256))
    case 1: bytes.removeSubrange(index..<min(bytes.count, index + 1 + number(below: 20)))
    case 2: bytes.insert(contentsOf: Array(one(of: Self.pieces).utf8), at: index)
    case 3:
      let end = min(bytes.count, index + 1 + number(below: 60))
      bytes.insert(contentsOf: bytes[index..<end], at: number(below: bytes.count))
    case 4 where number(below: 4) == 0: bytes.removeSubrange(index...)
    default: replaceNumber(in: &bytes, from: index)
    }
  }

  /// Puts another number in the place of the next one.
  private mutating func replaceNumber(in bytes: inout [UInt8], from index: Int) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let start = bytes[index...].firstIndex(where: digits.contains) else { return }
    let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: Array(one(of: Self.numbers).utf8))
  }
}
