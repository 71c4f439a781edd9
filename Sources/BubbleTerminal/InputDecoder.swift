package import BubbleCells
package import CNCurses

/// Turns what the C functions read into keys as the user names them.
package enum InputDecoder {
  package static func decode(_ input: BubbleInput) -> TerminalInput? {
    switch input.kind {
    case BUBBLE_CHARACTER: character(input.code).map(TerminalInput.key)
    case BUBBLE_KEY: key(input.code).map(TerminalInput.key)
    case BUBBLE_MOUSE: mouse(input).map(TerminalInput.mouse)
    default: nil
    }
  }

  private static func character(_ code: UInt32) -> Key? {
    switch code {
    case 0x0A, 0x0D: return .enter
    case 0x09: return .tab
    case 0x1B: return .escape
    case 0x08, 0x7F: return .backspace
    case 0x01...0x1A: return Unicode.Scalar(code + 0x60).map { .control(Character($0)) }
    case 0x00...0x1F: return nil
    default: return Unicode.Scalar(code).map { .character(Character($0)) }
    }
  }

  private static func key(_ code: UInt32) -> Key? {
    if code >= BUBBLE_KEY_FUNCTION.rawValue {
      return .function(Int(code - BUBBLE_KEY_FUNCTION.rawValue) + 1)
    }
    return switch BubbleKey(code) {
    case BUBBLE_KEY_ENTER: .enter
    case BUBBLE_KEY_BACK_TAB: .backTab
    case BUBBLE_KEY_UP: .up
    case BUBBLE_KEY_DOWN: .down
    case BUBBLE_KEY_LEFT: .left
    case BUBBLE_KEY_RIGHT: .right
    case BUBBLE_KEY_HOME: .home
    case BUBBLE_KEY_END: .end
    case BUBBLE_KEY_PAGE_UP: .pageUp
    case BUBBLE_KEY_PAGE_DOWN: .pageDown
    case BUBBLE_KEY_INSERT: .insert
    case BUBBLE_KEY_BACKSPACE: .backspace
    case BUBBLE_KEY_DELETE: .delete
    default: nil
    }
  }

  private static func mouse(_ input: BubbleInput) -> MouseEvent? {
    let point = Point(column: Int(input.column), row: Int(input.row))
    if input.is_release { return input.code < 64 ? MouseEvent(.release, at: point) : nil }
    let kind: MouseEvent.Kind? =
      switch input.code {
      case 0: .press(.left)
      case 1: .press(.middle)
      case 2: .press(.right)
      case 64: .scrollUp
      case 65: .scrollDown
      default: nil
      }
    return kind.map { MouseEvent($0, at: point) }
  }
}
