import BubbleEvents
import BubbleReleaseFiles
import Testing

/// Reading Erlang's terms.
@Suite struct TermFileTests {
  @Test func `a mark of byte order on top is skipped`() throws {
    let marked = try TermFile(Array("\u{FEFF}{a, 1}.".utf8), name: "a.app")
    #expect(try marked == TermFile(text: "{a, 1}.", name: "a.app"))
  }

  @Test(arguments: [
    ("atom.", "atom"), ("a_b@C9.", "a_b@C9"), ("'an atom'.", "an atom"), ("été.", "été"),
    ("'it\\'s'.", "it's"), ("42.", "42"), ("-7.", "-7"), ("+ 7.", "7"), ("1_000_000.", "1000000"),
    ("16#fF.", "255"), ("2#1010.", "10"), ("36#z.", "35"), ("-16#10.", "-16"), ("$a.", "97"),
    ("$\\n.", "10"), ("$ .", "32"), ("-$a.", "-97"), ("$\\x{1F600}.", "128512"), ("1.5.", "1.5"),
    ("2.0e-3.", "0.002"), ("1.0E+2.", "100.0"), ("\"ab\" \"cd\".", "\"abcd\""),
    ("\"\\x41\\x{42}\\103\\^D\\s\".", "\"ABC\u{4} \""), ("\"\".", "[]"), ("{}.", "{}"),
    ("{a, {b}, [c]}.", "{a,{b},[c]}"), ("[].", "[]"), ("[a|[b, c]].", "[a,b,c]"),
    ("<<>>.", "<<>>"), ("<<1, 2, 257>>.", "<<1,2,1>>"), ("<<\"ab\", 0>>.", "<<97,98,0>>"),
    ("<<\"é\">>.", "<<233>>"), ("<<\"é\"/utf8>>.", "<<195,169>>"),
    ("#{a => 1, b => [2]}.", "#{a=>1,b=>[2]}"), ("#{a => 1, a => 2}.", "#{a=>2}"), ("#{}.", "#{}"),
    ("% first\n{a, % inside\n b}\n. % last", "{a,b}"),
    ("9223372036854775807.", "9223372036854775807"),
    ("-9223372036854775808.", "-9223372036854775808"),
  ])
  func `a term is read as Erlang reads it`(text: String, expected: String) throws {
    let file = try TermFile(text: text, name: "t")
    #expect(file.terms.map(\.term.description) == [expected])
  }

  @Test func `of a large map each key is left once, where it was written last`() throws {
    let count = 20_000
    let entries = (0..<2 * count).map { "\($0 % count)=>\($0)" }.joined(separator: ",")
    let file = try TermFile(text: "#{\(entries)}.", name: "t")
    guard case .map(let read) = try #require(file.terms.first).value else {
      Issue.record("it is a map")
      return
    }
    #expect(read.map(\.key.integer) == (0..<count).map(Optional.some))
    #expect(read.map(\.value.integer) == (count..<2 * count).map(Optional.some))
  }

  @Test func `terms follow each other and know their places`() throws {
    let file = try TermFile(text: "a.\n\n  {b,\n \"c\"}.%end", name: "t")
    #expect(file.terms.map(\.place) == [.start, TermPosition(line: 3, column: 3)])
    #expect(file.terms[1].tuple?.map(\.place.line) == [3, 4])
    #expect(try TermFile(text: " % nothing", name: "t").terms.isEmpty)
  }

  @Test(arguments: [
    ("{a, }.", "1:5: found \"}\" where a term was expected"),
    ("{a b}.", "1:4: found \"b\" where \",\" or \"}\" was expected"),
    ("[a,\n b", "2:3: found the end of the file where \",\" or \"]\" was expected"),
    ("[a|b].", "1:4: found the atom \"b\" where the rest of a list was expected"),
    ("a", "1:2: found the end of the file where a full stop was expected"),
    ("a.b.", "1:2: found \".\" where a full stop was expected"),
    ("a b.", "1:3: found \"b\" where a full stop was expected"),
    ("Variable.", "1:1: found \"Variable\" where a term was expected"),
    ("{after}.", "1:2: \"after\" is a reserved word: an atom of that name needs '…'"),
    ("\"open", "1:1: found the end of the file before the closing \""),
    ("'open", "1:1: found the end of the file before the closing '"),
    ("\"\\x4\".", "1:5: found \"\"\" where a hexadecimal digit was expected"),
    ("\"\\x{D800}\".", "1:2: there is no character D800"),
    ("\"\\^é\".", "1:4: found \"é\" where a letter behind \"\\^\" was expected"),
    ("37#1.", "1:1: a number has a base from 2 to 36, not \"37\""),
    ("2#2.", "1:3: found \"2\" where a digit to the base 2 was expected"),
    ("-a.", "1:2: found \"a\" where a number was expected"),
    ("9223372036854775808.", "1:1: the number \"9223372036854775808\" has more than 64 bits"),
    ("1.0e.", "1:5: found \".\" where the digits of an exponent was expected"),
    ("1.0e999.", "1:1: the number \"1.0e999\" is too large"),
    ("<a>.", "1:1: found \"<\" where a term was expected"),
    ("<<1:4>>.", "1:4: found \":\" where a whole byte, without a size was expected"),
    ("<<1.5>>.", "1:3: found a float where a byte of a binary was expected"),
    ("<<\"a\"/latin1>>.", "1:3: a string in a binary can only be /utf8"),
    ("#{a = 1}.", "1:5: found \"=\" where \"=>\" was expected"),
    ("#rec{}.", "1:2: found \"rec\" where \"{\" of a map was expected"),
    ("[\u{1B}31m].", "1:5: found \"m\" where \",\" or \"]\" was expected"),
    ("{\u{202E}}.", "1:2: found \"\\u{202E}\" where a term was expected"),
  ])
  func `what is malformed is said with its place`(text: String, expected: String) {
    #expect(message(text) == "t:" + expected)
  }

  @Test func `nesting has a limit`() throws {
    let limit = TermFile.depthLimit
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "."
    }
    #expect(try TermFile(text: nested(limit), name: "t").terms.count == 1)
    let place = TermPosition(line: 1, column: limit + 1)
    #expect(
      throws: ResourceError(
        file: "t", place: place, message: "terms are nested deeper than \(limit)")
    ) {
      try TermFile(text: nested(100_000), name: "t")
    }
  }

  @Test func `bytes are UTF-8 unless the file says otherwise`() throws {
    let latin = Array("%% coding: latin-1\n\"caf".utf8) + [0xE9] + Array("\".".utf8)
    #expect(try TermFile(latin, name: "t").terms.map(\.string) == ["café"])
    let error = #expect(throws: ResourceError.self) {
      try TermFile(Array("a.\n\"b".utf8) + [0xE9, 0x22, 0x2E], name: "t\u{1B}.app")
    }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("t\\u{1B}.app:2:3: found a byte that is not UTF-8"), "\(text)")
  }

  private func message(_ text: String) -> String? {
    do {
      _ = try TermFile(text: text, name: "t")
      return nil
    } catch {
      return error.description
    }
  }
}
