import BubbleCells
import BubbleScripts

extension ScriptStatus {
  /// What the answers are called by.
  static let letters: [Character] = ["a", "b", "c", "d"]

  /// How many rows it takes, so that what is above keeps its place when the answer is shown.
  func rowCount(columns: Int, glyphs: GlyphSet) -> Int {
    var asking = self
    asking.isAsking = question != nil
    var answered = self
    answered.isAsking = false
    let stages = [asking, answered].map { $0.rows(columns: columns, glyphs: glyphs).count }
    return max(asks ? 3 : 2, stages.max() ?? 0)
  }

  /// The rows of what is said, or of what is asked, with the answers on rows of their own.
  func rows(columns: Int, glyphs: GlyphSet) -> [[Span]] {
    let text = isAsking ? question?.text : caption
    let said = wrapped(sanitised(text ?? ""), columns: columns).map { [Span($0, .caption)] }
    let answers = wrapped(answers(glyphs), gap: Self.gap, columns: columns)
    return isAsking ? said + answers : answers + said
  }

  /// Between two answers.
  private static let gap = Span("    ", .caption)

  /// Each answer with its letter; once it is known, the right one and a wrong one that was chosen
  /// have a sign and a colour.
  private func answers(_ glyphs: GlyphSet) -> [[Span]] {
    (question?.answers ?? []).enumerated().map { number, text in
      let letter = number < Self.letters.count ? Self.letters[number].uppercased() : ""
      let answer = sanitised(text)
      guard !isAsking else {
        return [Span(" \(letter) ", .answerLetter), Span(" " + answer, .caption)]
      }
      if question?.right == number + 1 {
        return [Span(" \(glyphs[.right]) \(letter)  \(answer) ", .rightAnswer)]
      }
      let isWrong = chosen == number && question?.right != nil
      if isWrong { return [Span(" \(glyphs[.wrong]) \(letter)  \(answer) ", .wrongAnswer)] }
      let sign = chosen == number ? glyphs[.selectionLeft] : " "
      return [Span(" \(sign) \(letter)  \(answer) ", .caption)]
    }
  }
}
