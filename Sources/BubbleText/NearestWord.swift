/// The word of `words` that `word` was probably meant to be; nil when none is near.
///
/// Near means few typing slips: a letter too many, too few, wrong, or two swapped. Case and the
/// difference between `-` and `_` count for nothing. Of equally near words the first one is taken.
///
/// Of very many words only the first are compared: what one call does is bounded by `effort`.
package func nearestWord(
  to word: String, in words: some Sequence<String>, effort: inout Int
) -> String? {
  guard word.utf8.count <= 400 else { return nil }
  let typed = letters(of: word)
  guard !typed.isEmpty, typed.count <= 64 else { return nil }
  var best: (word: String, distance: Int)?
  for candidate in words {
    guard effort > 0 else { break }
    effort -= 1
    guard candidate.utf8.count <= 400 else { continue }
    effort -= candidate.utf8.count
    let meant = letters(of: candidate)
    let limit = max(1, min(typed.count, meant.count) / 3)
    guard abs(typed.count - meant.count) <= limit else { continue }
    effort -= typed.count * meant.count
    let distance = typingSlips(from: typed, to: meant)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

/// The same for a single word, with as much effort as a list that people know is worth.
package func nearestWord(to word: String, in words: some Sequence<String>) -> String? {
  var effort = hintEffort
  return nearestWord(to: word, in: words, effort: &effort)
}

/// What the hints to one file, or to one word, may cost: letters looked at and pairs compared.
package let hintEffort = 5_000_000

private func letters(of word: String) -> [Character] {
  word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
}

/// The optimal string alignment distance.
private func typingSlips(from typed: [Character], to meant: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...meant.count)
  for row in typed.indices {
    var current = [row + 1]
    for column in meant.indices {
      let isSame = typed[row] == meant[column]
      var slips = min(last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
      if row > 0, column > 0, typed[row] == meant[column - 1], typed[row - 1] == meant[column] {
        slips = min(slips, beforeLast[column - 1] + 1)
      }
      current.append(slips)
    }
    (beforeLast, last) = (last, current)
  }
  return last[meant.count]
}
