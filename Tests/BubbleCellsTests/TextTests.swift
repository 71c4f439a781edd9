import BubbleCells
import Testing

@Suite struct TextTests {
  @Test(arguments: [
    ("cache", 5), ("", 0), ("作者", 4), ("e\u{301}", 1), ("é", 1), ("🔥", 2), ("─│●▌⣿", 5),
    ("\u{1B}[31m", 5), ("a\tb\n", 4), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("\u{200B}\u{202E}x", 3), ("👩\u{200D}🚀", 5), ("\u{301}", 1), ("ｆ", 2),
  ])
  func `width is counted in cells`(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test(arguments: [
    ("\u{1B}[2J", "␛[2J"), ("a\nb\r\u{7}", "a␊b␍␇"), ("\u{0}", "␀"), ("\u{7F}", "␡"),
    ("\u{9B}31m", "�31m"), ("a\u{202E}b", "a�b"), ("a\u{2066}b\u{2069}", "a�b�"),
    ("a\u{200B}b\u{FEFF}", "a�b�"), ("\u{2028}\u{2029}", "��"), ("\u{FE0F}", "�"),
    ("\u{E0041}", "�"), ("\u{FFFE}", "�"), ("\u{AD}", "�"), ("\u{2800}\u{A0}", "  "),
    ("e\u{301}\u{302}\u{303}", "e\u{301}\u{302}�"), ("\u{301}a", "�a"), (" \u{301}", " �"),
    ("plain ✗ 作", "plain ✗ 作"), ("x\r\ny", "x␍␊y"),
  ])
  func `what could rule over a terminal comes out as a visible sign`(
    text: String, shown: String
  ) {
    #expect(Array(sanitised(text).unicodeScalars) == Array(shown.unicodeScalars))
  }

  @Test func `no character of the first planes gets through that is not visible`() {
    for value in UInt32(0)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for shown in sanitised(String(Character(scalar))).unicodeScalars {
        let category = shown.properties.generalCategory
        let isBad = [.control, .format, .lineSeparator, .paragraphSeparator].contains(category)
        if isBad { Issue.record("U+\(String(value, radix: 16)) gets through") }
      }
    }
  }

  @Test(arguments: [
    ("acceptor", 8, "acceptor"), ("acceptor", 5, "acce…"), ("acceptor", 1, "…"),
    ("acceptor", 0, ""), ("", 3, ""), ("作者作", 6, "作者作"), ("作者作", 5, "作者…"),
    ("作者作", 4, "作…"), ("作者作", 2, "…"), ("a作b", 3, "a…"), ("e\u{301}tage", 3, "e\u{301}t…"),
    ("\u{1B}[0m", 3, "␛[…"),
  ])
  func `text is cut by cells`(text: String, columns: Int, expected: String) {
    let result = cut(text, to: columns)
    #expect(result == expected)
    #expect(displayWidth(result) <= columns)
  }

  @Test(arguments: [
    (TextAlignment.left, "ab   "), (.centre, " ab  "), (.right, "   ab"),
  ])
  func `text is padded to a width`(alignment: TextAlignment, expected: String) {
    #expect(padded("ab", to: 5, alignment: alignment) == expected)
  }
}
