import BubbleEvents
import BubbleScripts
import BubbleText
import Yams

/// Turns the nodes of a scenario file into a scenario, and collects everything that is wrong.
///
/// Reading goes on after a problem with a default in the place of the bad value, so that one run
/// tells of all of them; the result counts only if there are none.
struct ScenarioReader {
  /// Set once the applications are known, if there are any.
  var places = PlaceIndex(root: nil)
  /// The applications of the file; empty when it holds a tree.
  var applications = ApplicationIndex()
  /// The nodes of the file; empty when it is one machine.
  var nodes = NodeIndex()
  /// The application whose tree is being read.
  var presentApplication: String?
  /// The versions of the releases, if there are several.
  var releaseVersions: [String] = []
  /// The included applications whose trees stand somewhere.
  var placed: Set<String> = []
  /// The other files that the scenario names.
  let files: ScenarioFiles
  /// Which processes have a registered name.
  let names: RegisteredNames
  /// Their texts, of those that were read.
  var texts: [String: String] = [:]
  private(set) var problems: [ScenarioError.Problem] = []
  /// What could be written better.
  private(set) var hints: [ScenarioError.Problem] = []
  /// The places that a worker talks to, which therefore need a registered name.
  var targets: Set<ChildPath> = []

  /// The children that steps add, by the supervisor that they are added to.
  var offers: [ChildPath: [Scenario.Child]] = [:]

  init(files: ScenarioFiles, registering names: RegisteredNames) {
    self.files = files
    self.names = names
  }

  mutating func report(_ node: Node, _ message: String) {
    problems.append(
      .init(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message))
  }

  /// Says how something could be written better; the file counts all the same.
  mutating func hint(_ node: Node, _ message: String) {
    hints.append(
      .init(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message))
  }

  /// What may still be spent on searching the whole tree for words that were meant.
  private var hintEffort = BubbleText.hintEffort

  /// The id in the tree that `word` was probably meant to be.
  mutating func nearestID(to word: String) -> String? {
    guard hintEffort > 0 else { return nil }
    let words = nodes.isEmpty ? places.words : nodes.words
    return nearestWord(to: word, in: words, effort: &hintEffort)
  }

  /// Where a text leads.
  func match(_ text: String) -> PlaceIndex.Match {
    nodes.isEmpty ? places.match(text) : nodes.match(text)
  }

  /// What the process at a place registers as, on its node.
  func registeredName(of place: PlaceIndex.Place) -> String {
    nodes.name(of: place) ?? places.name(of: place)
  }

  // MARK: - Mappings

  /// The values of a mapping by key; every key that is not in the table is reported.
  struct Fields<Key: ScenarioKey> {
    fileprivate let content: FieldContent

    /// The mapping itself.
    var node: Node { content.node }
    /// Whether there is a key that it cannot have.
    var hasStrangers: Bool { content.hasStrangers }
    /// Whether there is no key that it can have.
    var isEmpty: Bool { content.values.isEmpty }

    subscript(key: Key) -> Node? { content.values[key.rawValue] }
  }

  /// What is in a mapping, by the words of its keys.
  fileprivate struct FieldContent {
    let node: Node
    var values: [String: Node] = [:]
    var hasStrangers = false
  }

  mutating func fields<Key: ScenarioKey>(
    of node: Node, _: Key.Type = Key.self
  ) -> Fields<Key>? {
    content(of: node, grammar: Key.self).map(Fields.init)
  }

  /// Reads any mapping; it is one function for all kinds of keys, since it is much code.
  private mutating func content(of node: Node, grammar: any ScenarioKey.Type) -> FieldContent? {
    guard case .mapping(let mapping) = node else {
      report(node, "\(grammar.subject) is a mapping of keys to values; found \(node.shown)")
      return nil
    }
    var content = FieldContent(node: node)
    for (keyNode, value) in mapping {
      guard let word = keyNode.text else {
        report(keyNode, "a key is a word; found \(keyNode.shown)")
        continue
      }
      if grammar.has(word) {
        content.values[word] = value
      } else {
        content.hasStrangers = true
        let values = { (key: String) in mapping[key]?.text }
        if let ours = grammar.translation(of: word, in: values) {
          report(keyNode, "\(word) is not a key of \(grammar.subject); here it is \(ours)")
        } else if let owner = grammar.elsewhere[word] {
          report(keyNode, "\(word) is a key of \(owner), not of \(grammar.subject)")
        } else {
          report(keyNode, unknown("key", word, among: grammar.words, of: grammar.subject))
        }
      }
    }
    return content
  }

  /// The nodes of a list; one value that is not a list counts as a list of it.
  func elements(of node: Node?) -> [Node] {
    switch node {
    case .sequence(let sequence): Array(sequence)
    case .some(let single): [single]
    case nil: []
    }
  }

  // MARK: - Scalars

  /// The value that `read` finds in the text of `node`; nil when `node` is nil or wrong.
  mutating func value<Value>(
    _ node: Node?, _ key: any ScenarioKey, _ expectation: String, read: (String) -> Value?
  ) -> Value? {
    guard let node else { return nil }
    if let text = node.text, let value = read(text) { return value }
    let ours = node.text?.withoutForeignSigns.flatMap { read($0) == nil ? nil : $0 }
    let hint = ours.map { "; did you mean \(quoted($0))?" } ?? ""
    report(node, "\(key.rawValue) wants \(expectation); found \(node.shown)\(hint)")
    return nil
  }

  /// One of the words of an enumeration.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: Node?, _ key: any ScenarioKey, _: Word.Type = Word.self
  ) -> Word? {
    guard let node else { return nil }
    if let text = node.text, let word = Word(rawValue: text) { return word }
    reportWord(node, key, among: Word.allCases.map(\.rawValue))
    return nil
  }

  private mutating func reportWord(_ node: Node, _ key: any ScenarioKey, among words: [String]) {
    if let text = node.text?.withoutForeignSigns, words.contains(text) {
      report(node, "unknown \(key.rawValue) \(node.shown); did you mean \(quoted(text))?")
    } else if let text = node.text {
      report(node, unknown(key.rawValue, text, among: words))
    } else {
      report(node, "\(key.rawValue) wants one of \(list(words)); found \(node.shown)")
    }
  }

  mutating func flag(_ node: Node?, _ key: any ScenarioKey) -> Bool? {
    value(node, key, "true or false") { ["true": true, "false": false][$0] }
  }

  mutating func integer(
    _ node: Node?, _ key: any ScenarioKey, in range: ClosedRange<Int>
  ) -> Int? {
    value(
      node, key, "a whole number from \(grouped(range.lowerBound)) to \(grouped(range.upperBound))"
    ) {
      Int($0.filter { $0 != "_" }).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  mutating func duration(_ node: Node?, _ key: any ScenarioKey) -> Duration? {
    value(node, key, "a duration such as 500 ms or 10.3 s") { Duration(describedAs: $0) }
  }

  /// A duration, or two of them with `to` between.
  mutating func span(
    _ node: Node?, _ key: any ScenarioKey, atLeast least: Duration = .zero
  ) -> Scenario.Span? {
    let condition = least > .zero ? ", at least 1 ms" : ""
    let expectation = "a duration such as 500 ms, or a range such as 1 s to 3 s\(condition)"
    return value(node, key, expectation) { text in
      let ends = text.split(separator: " to ", omittingEmptySubsequences: false)
        .map { Duration(describedAs: $0.trimmed) }
      guard ends.count <= 2, let lower = ends.first ?? nil, let upper = ends.last ?? nil,
        least <= lower, lower <= upper
      else { return nil }
      return Scenario.Span(lower, upper)
    }
  }

  mutating func term(_ node: Node?, _ key: any ScenarioKey) -> Term? {
    let example = #"a term such as badarg or "{shutdown, done}""#
    return value(node, key, example) {
      isShort($0, Scenario.Limits.textLength) ? Term(typed: $0) : nil
    }
  }

  /// Text for people.
  mutating func prose(_ node: Node?, _ key: any ScenarioKey) -> String? {
    let limit = Scenario.Limits.textLength
    return value(node, key, "text of at most \(grouped(limit)) characters") {
      isShort($0, limit) ? $0.trimmed : nil
    }
  }

  /// An id; any text will do, since it is made safe where it is shown.
  mutating func name(_ node: Node?, _ key: any ScenarioKey) -> String? {
    let limit = Scenario.Limits.nameLength
    return value(node, key, "text of 1 to \(limit) characters that can be seen") {
      isShort($0, limit) && $0.unicodeScalars.contains(where: isVisible) ? $0 : nil
    }
  }

  // MARK: - Words

  /// What a word that is not in its table is answered: `unknown key "nmae"; did you mean "name"?`.
  func unknown(_ kind: String, _ word: String, among words: [String], of subject: String? = nil)
    -> String
  {
    let what = "unknown \(kind) \(quoted(word))" + (subject.map { " of \($0)" } ?? "")
    if let near = nearestWord(to: word, in: words) {
      return "\(what); did you mean \(quoted(near))?"
    }
    return "\(what); known: \(list(words))"
  }

  private func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}

/// Whether `text` has at most so many characters, and no more bytes than they may need.
func isShort(_ text: String, _ limit: Int) -> Bool {
  text.utf8.count <= Scenario.Limits.bytesOfCharacter * limit && text.count <= limit
}

extension String {
  /// The text without the colon of Elixir's atoms and the underscores of its numbers; nil when it
  /// has neither.
  fileprivate var withoutForeignSigns: String? {
    if first == ":" { return String(dropFirst()) }
    let digits = filter { $0 != "_" }
    return digits != self && Int(digits) != nil ? digits : nil
  }
}
