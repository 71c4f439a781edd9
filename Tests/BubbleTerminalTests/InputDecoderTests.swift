import BubbleCells
import BubbleTerminal
import CNCurses
import Testing

@Suite struct InputDecoderTests {
  @Test(arguments: [
    ("x" as Unicode.Scalar, Key.character("x")), ("é", .character("é")), ("作", .character("作")),
    (" ", .character(" ")), ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{1B}", .escape),
    ("\u{7F}", .backspace), ("\u{8}", .backspace), ("\u{1}", .control("a")),
    ("\u{1A}", .control("z")),
  ])
  func `a character is a key as the user names it`(scalar: Unicode.Scalar, key: Key) {
    var input = BubbleInput()
    input.kind = BUBBLE_CHARACTER
    input.code = scalar.value
    #expect(InputDecoder.decode(input) == .key(key))
  }

  @Test(arguments: [
    (BUBBLE_KEY_ENTER, UInt32(0), Key.enter), (BUBBLE_KEY_BACK_TAB, 0, .backTab),
    (BUBBLE_KEY_UP, 0, .up),
    (BUBBLE_KEY_DOWN, 0, .down), (BUBBLE_KEY_LEFT, 0, .left), (BUBBLE_KEY_RIGHT, 0, .right),
    (BUBBLE_KEY_HOME, 0, .home), (BUBBLE_KEY_END, 0, .end), (BUBBLE_KEY_PAGE_UP, 0, .pageUp),
    (BUBBLE_KEY_PAGE_DOWN, 0, .pageDown), (BUBBLE_KEY_INSERT, 0, .insert),
    (BUBBLE_KEY_BACKSPACE, 0, .backspace), (BUBBLE_KEY_DELETE, 0, .delete),
    (BUBBLE_KEY_FUNCTION, 0, .function(1)), (BUBBLE_KEY_FUNCTION, 11, .function(12)),
  ])
  func `a key of the terminal has its name`(code: BubbleKey, offset: UInt32, key: Key) {
    var input = BubbleInput()
    input.kind = BUBBLE_KEY
    input.code = UInt32(code.rawValue) + offset
    #expect(InputDecoder.decode(input) == .key(key))
  }

  @Test(arguments: [
    (UInt32(0), false, MouseEvent.Kind?.some(.press(.left))), (1, false, .press(.middle)),
    (2, false, .press(.right)), (0, true, .release), (64, false, .scrollUp),
    (65, false, .scrollDown), (66, false, nil), (64, true, nil),
  ])
  func `the mouse tells what it did and where`(
    button: UInt32, isRelease: Bool, kind: MouseEvent.Kind?
  ) {
    var input = BubbleInput()
    input.kind = BUBBLE_MOUSE
    input.code = button
    input.column = 300
    input.row = 7
    input.is_release = isRelease
    let expected = kind.map { TerminalInput.mouse(MouseEvent($0, at: Point(column: 300, row: 7))) }
    #expect(InputDecoder.decode(input) == expected)
  }

  @Test func `what is pasted is text up to its end, whatever keys it would be`() {
    var pasted = PastedText()
    var inputs = "exx\r\u{1B}q".unicodeScalars.map { scalar in
      var input = BubbleInput()
      input.kind = BUBBLE_CHARACTER
      input.code = scalar.value
      return input
    }
    for kind in [BUBBLE_KEY, BUBBLE_MOUSE, BUBBLE_RESIZE, BUBBLE_UNKNOWN] {
      var input = BubbleInput()
      input.kind = kind
      inputs.insert(input, at: 2)
    }
    for input in inputs {
      let goesOn = pasted.take(input)
      #expect(goesOn)
    }
    #expect(pasted.text == "exx\n\u{1B}q")
    var end = BubbleInput()
    let goesOnWithoutInput = pasted.take(end)
    end.kind = BUBBLE_PASTE_END
    let goesOnAtEnd = pasted.take(end)
    #expect(!goesOnWithoutInput && !goesOnAtEnd)
  }

  @Test func `a paste without end takes no more room than text needs`() {
    var pasted = PastedText()
    var input = BubbleInput()
    input.kind = BUBBLE_CHARACTER
    input.code = 0x61
    for _ in 0..<20_000 { _ = pasted.take(input) }
    #expect(pasted.text.count == 10_000)
  }

  @Test func `what means nothing is nothing`() {
    var input = BubbleInput()
    #expect(InputDecoder.decode(input) == nil)
    input.kind = BUBBLE_CHARACTER
    #expect(InputDecoder.decode(input) == nil)
  }

  @Test(arguments: [
    TerminalError.notATerminal, .unknownTerminal(name: ""), .unknownTerminal(name: "nonsense"),
    .incapableTerminal(name: "dumb"), .alreadyOpen, .noPipe,
  ])
  func `an error is one line that says what to do`(error: TerminalError) {
    #expect(!error.description.contains("\n"))
    #expect(error.description.count < 100)
  }
}
