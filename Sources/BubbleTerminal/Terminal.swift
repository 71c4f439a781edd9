package import BubbleCells
import CNCurses

/// The terminal the program runs in, from when it is taken over until it is given back.
///
/// It is given back on every way out: `close`, the end of the program, a crash. There is one at a
/// time. Signals that ask the program to end are noted in `pendingSignal`; whoever runs the loop
/// looks there, closes and exits with 128 and the number.
///
/// A program that does not do so within two seconds, or gets a second such signal, is ended at
/// once, with the terminal given back. These are all signals that end a program by default; of
/// those that a program rarely gets, the ones that it handles or ignores already are left to it.
package final class Terminal {
  /// The colours in use; another theme draws everything anew.
  package var theme: Theme {
    didSet {
      if theme != oldValue { styles = Self.cellStyles(theme) }
      shown = nil
    }
  }

  package let isUnicode: Bool
  package let hasBraille: Bool

  /// Whether the mouse is reported; without it the terminal selects text as it does elsewhere.
  package var usesMouse = true {
    didSet { if isOpen, usesMouse != oldValue { bubble_screen_use_mouse(usesMouse) } }
  }

  private var styles: [BubbleCell]
  private var shown: CellGrid?
  private var isOpen = true
  /// Whether the size has changed while something was pasted.
  private var owesResize = false

  /// Takes the terminal over; when that fails it is left as it was.
  package init(theme: Theme) throws(TerminalError) {
    let name = String(cString: bubble_screen_name())
    switch bubble_screen_open() {
    case BUBBLE_OPENED: break
    case BUBBLE_NOT_A_TERMINAL: throw .notATerminal
    case BUBBLE_UNKNOWN_TERMINAL: throw .unknownTerminal(name: name)
    case BUBBLE_INCAPABLE_TERMINAL: throw .incapableTerminal(name: name)
    case BUBBLE_ALREADY_OPEN: throw .alreadyOpen
    default: throw .noPipe
    }
    self.theme = theme
    styles = Self.cellStyles(theme)
    isUnicode = bubble_screen_is_unicode()
    hasBraille = bubble_screen_has_braille()
  }

  deinit {
    if isOpen { bubble_screen_close() }
  }

  /// Gives the terminal back, after which nothing is drawn or read.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    bubble_screen_close()
  }

  package var size: Size {
    Size(columns: Int(bubble_screen_columns()), rows: Int(bubble_screen_rows()))
  }

  /// What the user asked for, as far as this terminal can show it.
  package func glyphs(marks: Marks?, isASCII: Bool) -> GlyphSet {
    GlyphSet(
      marks: marks ?? (hasBraille ? .braille : .half), isASCII: isASCII || !isUnicode)
  }

  // MARK: - Output

  /// Shows the grid; only what differs from the last one is sent.
  ///
  /// - Parameters:
  ///   - grid: The picture.
  ///   - cursor: Where the terminal's cursor stands; nil hides it.
  package func present(_ grid: CellGrid, cursor: Point? = nil) {
    guard isOpen else { return }
    let grid = isUnicode ? grid : grid.inASCII()
    for run in grid.changes(from: shown) {
      put(run)
    }
    shown = grid
    bubble_screen_cursor(Int32(cursor?.column ?? -1), Int32(cursor?.row ?? -1))
    bubble_screen_flush()
  }

  private func put(_ run: CellRun) {
    // Cells after a wide glyph are a part of it.
    let cells = run.cells.filter { $0.width > 0 }.map { cell in
      var shown = styles[Int(cell.role.rawValue)]
      let marks = cell.glyph.marks
      shown.scalars.0 = cell.glyph.base.value
      shown.scalars.1 = marks.isEmpty ? 0 : marks[0].value
      shown.scalars.2 = marks.count < 2 ? 0 : marks[1].value
      shown.width = cell.width
      return shown
    }
    bubble_screen_put(
      Int32(run.start.column), Int32(run.start.row), cells, Int32(cells.count))
  }

  private static func cellStyles(_ theme: Theme) -> [BubbleCell] {
    Role.allCases.map { role in
      let style = theme.style(of: role)
      var cell = BubbleCell()
      cell.foreground = Int8(style.foreground ?? -1)
      cell.background = Int8(style.background ?? -1)
      let attributes =
        (style.isBold ? BUBBLE_BOLD : 0) | (style.isDim ? BUBBLE_DIM : 0)
        | (style.isReversed ? BUBBLE_REVERSED : 0) | (style.isUnderlined ? BUBBLE_UNDERLINED : 0)
      cell.attributes = UInt8(attributes)
      return cell
    }
  }

  // MARK: - Input

  /// The signal that asks the program to end, nil while none does.
  package var pendingSignal: Int32? {
    let signal = bubble_screen_signal()
    return signal == 0 ? nil : signal
  }

  /// Waits for input without using the processor; nil waits for ever.
  ///
  /// It answers nil when the time is out, when the descriptor can be read from, when a signal asks
  /// to end, and for input that means nothing.
  package func read(timeout: Duration?, wakingOn descriptor: Int32? = nil) -> TerminalInput? {
    guard isOpen, pendingSignal == nil else { return nil }
    if owesResize {
      owesResize = false
      return .resize(size)
    }
    let milliseconds = timeout.map(Self.milliseconds) ?? -1
    let input = bubble_screen_read(milliseconds, descriptor ?? -1)
    if input.kind == BUBBLE_RESIZE {
      shown = nil
      return .resize(size)
    }
    return input.kind == BUBBLE_PASTE_BEGIN ? readPaste() : InputDecoder.decode(input)
  }

  /// Milliseconds after which a paste whose end is not told is over.
  private static let patience: Int32 = 1000

  /// Reads what is pasted to its end.
  private func readPaste() -> TerminalInput? {
    var pasted = PastedText()
    var input = bubble_screen_read(Self.patience, -1)
    while pasted.take(input) {
      if input.kind == BUBBLE_RESIZE {
        shown = nil
        owesResize = true
      }
      input = bubble_screen_read(Self.patience, -1)
    }
    return pendingSignal == nil ? .paste(pasted.text) : nil
  }

  /// Rounded up, so that a short wait is not a busy one.
  private static func milliseconds(_ timeout: Duration) -> Int32 {
    let (seconds, attoseconds) = timeout.components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    let limit: Int64 = 3600
    guard seconds < limit else { return Int32(limit * 1000) }
    let perMillisecond: Int64 = 1_000_000_000_000_000
    return Int32(seconds * 1000 + (attoseconds + perMillisecond - 1) / perMillisecond)
  }
}
