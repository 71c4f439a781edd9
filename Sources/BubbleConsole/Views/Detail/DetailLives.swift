import BubbleCells
import BubbleEvents
import BubbleTree

/// The lives of a place, one behind the other, each as long as it lasted.
enum DetailLives {
  /// Lives shown; older ones are counted.
  private static let capacity = 4

  static func line(_ node: TreeNode, _ model: ConsoleModel, columns: Int) -> StyledLine? {
    let shown = node.lives.suffix(capacity)
    guard let first = shown.first else { return nil }
    let verdict = verdict(node)
    let labels = 8 + shown.reduce(0) { $0 + "#\($1.number)  ".count + 1 }
    let room = max(shown.count, min(36, columns - labels - displayWidth(verdict) - 3))
    let whole = max(1, (model.now - first.start).wholeNanoseconds)
    var spans = [Span("lives   ", .dim)]
    for life in shown {
      let length = ((life.end ?? model.now) - life.start).wholeNanoseconds
      let cells = max(1, Int(Double(length) / Double(whole) * Double(room)))
      spans += [
        Span("#\(life.number) "),
        Span(String(repeating: model.options.glyphs[.barFull], count: min(room, cells)), .running),
      ]
      if let reason = life.reason {
        let state: ProcessState = reason.isAbnormal && !life.wasStopped ? .crashed : .stopped
        spans.append(Span(model.options.glyphs[state.sign], state.role))
      }
      spans.append(Span(" "))
    }
    return StyledLine(spans, right: [Span(verdict, .dim)])
  }

  /// `stopped twice, never crashed`, of the lives that are remembered.
  private static func verdict(_ node: TreeNode) -> String {
    let ended = node.lives.filter { $0.end != nil }
    let crashed = ended.count { $0.reason?.isAbnormal == true && !$0.wasStopped }
    let times = [(ended.count - crashed, "stopped"), (crashed, "crashed")]
    return times.map { count, word in
      switch count {
      case 0: "never \(word)"
      case 1: "\(word) once"
      case 2: "\(word) twice"
      default: "\(word) \(count) times"
      }
    }.joined(separator: ", ")
  }
}
