/// The word of `words` that `word` was probably meant to be; nil when none is near.
///
/// Near means few typing slips: a letter too many, too few, wrong, or two swapped. Case and the
/// difference between `-` and `_` count for nothing. Of equally near words the first one is taken.
package func nearestWord(to word: String, in words: some Sequence<String>) -> String? {
  let typed = letters(of: word)
  guard !typed.isEmpty, typed.count <= 64 else { return nil }
  var best: (word: String, distance: Int)?
  for candidate in words {
    let meant = letters(of: candidate)
    let limit = max(1, min(typed.count, meant.count) / 3)
    guard abs(typed.count - meant.count) <= limit else { continue }
    let distance = typingSlips(from: typed, to: meant)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

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
