import ArgumentParser
import BubbleCells
import BubbleEvents

/// One thing to do in a headless session: press a key, or let time pass.
enum Gesture: Equatable {
  case key(Key)
  case wait(Duration)
}

/// Reads keys as `--keys` writes them: letters stand for themselves, `<Down>` for a named key,
/// `<C-c>` for control, `<2s>` for two seconds of waiting.
func parseGestures(_ text: String) throws -> [Gesture] {
  var gestures: [Gesture] = []
  var rest = text[...]
  while let first = rest.first {
    guard first == "<", let close = rest.firstIndex(of: ">") else {
      gestures.append(.key(first == " " ? .character(" ") : .character(first)))
      rest.removeFirst()
      continue
    }
    let name = rest[rest.index(after: rest.startIndex)..<close]
    guard let gesture = namedGesture(name) else {
      throw ValidationError(
        "“<\(name)>” is not a key; write <Enter> <Esc> <Tab> <Space> <Up> <Down> <Left> <Right> "
          + "<Home> <End> <PageUp> <PageDown> <Backspace> <C-c> <lt>, or a time such as <2s>")
    }
    gestures.append(gesture)
    rest = rest[rest.index(after: close)...]
  }
  return gestures
}

private func namedGesture(_ name: Substring) -> Gesture? {
  switch name.lowercased() {
  case "enter", "return", "cr": return .key(.enter)
  case "esc", "escape": return .key(.escape)
  case "tab": return .key(.tab)
  case "space": return .key(.character(" "))
  case "up": return .key(.up)
  case "down": return .key(.down)
  case "left": return .key(.left)
  case "right": return .key(.right)
  case "home": return .key(.home)
  case "end": return .key(.end)
  case "pageup", "pgup": return .key(.pageUp)
  case "pagedown", "pgdn": return .key(.pageDown)
  case "backspace", "bs": return .key(.backspace)
  case "lt": return .key(.character("<"))
  default: break
  }
  if name.lowercased().hasPrefix("c-"), name.count == 3, let letter = name.last {
    return .key(.control(letter))
  }
  return Duration(describedAs: name).map(Gesture.wait)
}
