internal import BubbleEvents
internal import BubbleText

/// Reads the values of keys, or says what is wrong with them.
struct ValueReader {
  let file: TermFile

  func atom(_ value: LocatedTerm, _ key: String) throws(ResourceError) -> String {
    guard let atom = value.atom else { throw wrong(value, key, "an atom") }
    return atom
  }

  func string(_ value: LocatedTerm, _ key: String) throws(ResourceError) -> String {
    guard let string = value.string else { throw wrong(value, key, "a string") }
    return string
  }

  func list(_ value: LocatedTerm, _ key: String) throws(ResourceError) -> [LocatedTerm] {
    guard let list = value.list else { throw wrong(value, key, "a list") }
    return list
  }

  func atoms(_ value: LocatedTerm, _ key: String) throws(ResourceError) -> [String] {
    var atoms: [String] = []
    for element in try list(value, key) { atoms.append(try atom(element, key)) }
    return atoms
  }

  func strings(_ value: LocatedTerm, _ key: String) throws(ResourceError) -> [String] {
    var strings: [String] = []
    for element in try list(value, key) { strings.append(try string(element, key)) }
    return strings
  }

  func limit(_ value: LocatedTerm, _ key: String) throws(ResourceError) -> Int? {
    if value.atom == "infinity" { return nil }
    guard let limit = value.integer, limit > 0 else {
      throw wrong(value, key, "a number from 1 or infinity")
    }
    return limit
  }

  func pairs(_ value: LocatedTerm, _ key: String) throws(ResourceError) -> [(String, Term)] {
    var pairs: [(String, Term)] = []
    for element in try list(value, key) { pairs.append(try pair(element, key)) }
    return pairs
  }

  func pair(_ value: LocatedTerm, _ key: String) throws(ResourceError) -> (String, Term) {
    guard let pair = value.tuple, pair.count == 2, let name = pair[0].atom else {
      throw wrong(value, key, "{Name, Value}")
    }
    return (name, pair[1].term)
  }

  /// One of the words that `Word` knows.
  func word<Word: RawRepresentable & CaseIterable>(
    _ value: LocatedTerm, _ key: String, or others: [String] = []
  ) throws(ResourceError) -> Word where Word.RawValue == String {
    if let word = value.atom.flatMap(Word.init(rawValue:)) { return word }
    let words = others + Word.allCases.map(\.rawValue)
    throw wrong(value, key, inWords(words), hint: hint(value.atom, words))
  }

  func wrong(
    _ value: LocatedTerm, _ key: String, _ expected: String, hint: String = ""
  ) -> ResourceError {
    file.error(
      "\(key): found \(value.kindInWords) where \(expected) was expected\(hint)", at: value.place)
  }

  /// `; did you mean update?` where one of the words is near.
  func hint(_ word: String?, _ words: [String]) -> String {
    word.flatMap { nearestWord(to: $0, in: words) }.map { "; did you mean \($0)?" } ?? ""
  }

  private func inWords(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.joined() }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
