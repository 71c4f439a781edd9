import BubbleCells
import BubbleScripts

extension ScriptStatus {
  /// The rows of what is said, or of what is asked.
  func rows(columns: Int) -> [String] {
    guard let question = question else {
      return wrapped(sanitised(caption ?? ""), columns: columns)
    }
    var rows = wrapped(sanitised(question.text), columns: columns)
    let answers = question.answers.enumerated().map { "\($0.offset + 1) \(sanitised($0.element))" }
    if !answers.isEmpty {
      let all = answers.joined(separator: "   ")
      rows = Array(rows.prefix(1)) + wrapped(all, columns: columns)
    }
    return rows
  }
}
