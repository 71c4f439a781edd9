import BubbleEvents
import BubbleText

/// A scenario with some supervisors' flags changed, to be compared with others.
public struct StudyVariant: Hashable, Sendable {
  /// What is changed of which supervisor.
  struct Change: Hashable, Sendable {
    /// The ids that tell the supervisor, its own last; empty for the root, `*` for all.
    var supervisor: [String]
    var strategy: SupervisionStrategy?
    var restarts: Int?
    var seconds: Int?
  }

  /// Its name, which is how it was written.
  public var name: String
  var changes: [Change] = []

  /// The scenario as it is written.
  public static let asWritten = StudyVariant(name: "as written")

  /// What is wrong with a variant as it is written, and what would be right, in one line.
  public struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line; it may hold text from outside.
    public var description: String
  }
}

extension StudyVariant {
  private static let keys = ["strategy", "intensity", "period"]

  /// Reads changes between blanks: `intensity=3/5`, `period=10`, `strategy=one_for_all`.
  ///
  /// They change the root; `web_sup.intensity=1/5` changes the supervisor of that id, or of a path
  /// such as `left/pool.period=60`, and `*.intensity=1/5` changes them all.
  public init(_ text: String) throws(Mistake) {
    let words = BubbleText.changes(in: text)
    guard !words.isEmpty else {
      throw Mistake(description: "a variant says what is changed, such as intensity=1/5")
    }
    name = words.joined(separator: " ")
    changes = []
    for word in words { changes.append(try Self.change(word)) }
  }

  private static func change(_ word: String) throws(Mistake) -> Change {
    guard let equals = word.firstIndex(of: "=") else {
      throw Mistake(
        description: "“\(word)” is not a change; write intensity=1/5 or strategy=one_for_all")
    }
    let left = word[..<equals]
    let value = String(word[word.index(after: equals)...])
    let dot = left.lastIndex(of: ".")
    let key = String(dot.map { left[left.index(after: $0)...] } ?? left)
    var change = Change(
      supervisor: dot.map { left[..<$0].split(separator: "/").map(String.init) } ?? [])
    switch key {
    case "strategy":
      guard let strategy = SupervisionStrategy(rawValue: value), strategy != .simpleOneForOne else {
        throw Mistake(
          description:
            "“\(value)” is not a strategy; write one_for_one, one_for_all or rest_for_one")
      }
      change.strategy = strategy
    case "period":
      change.seconds = try seconds(value)
    case "intensity":
      if let restarts = Int(value), (0...RestartIntensity.limit).contains(restarts) {
        change.restarts = restarts
      } else if let intensity = RestartIntensity(describedAs: value) {
        change.restarts = intensity.restarts
        change.seconds = intensity.seconds
      } else {
        throw Mistake(
          description: "“\(value)” is not an intensity; write 3 in 5 s or 3/5, with whole seconds")
      }
    default:
      let hint = nearestWord(to: key, in: keys).map { "did you mean \($0)? " } ?? ""
      throw Mistake(
        description: "“\(key)” cannot be changed; \(hint)one of \(keys.joined(separator: ", "))")
    }
    return change
  }

  private static func seconds(_ text: String) throws(Mistake) -> Int {
    guard let seconds = Int(text), seconds >= 1 else {
      throw Mistake(description: "“\(text)” is not a period; write whole seconds from 1")
    }
    return seconds
  }
}

extension StudyVariant {
  /// The scenario with the changes made.
  ///
  /// - Throws: `Mistake` when a change is about nobody, or gives a dynamic supervisor a strategy.
  func applied(to scenario: Scenario) throws(Mistake) -> Scenario {
    var scenario = scenario
    for change in changes {
      let path = change.supervisor.isEmpty ? [scenario.root.id] : change.supervisor
      if change.supervisor.isEmpty, scenario.root.flags == nil {
        throw Mistake(
          description: "“\(name)” changes the root, and applications have no common supervisor; "
            + "write whose it is, such as *.intensity=1/5")
      }
      let count = try Self.apply(change, path, to: &scenario.root, [scenario.root.id])
      guard count > 0 else {
        let names = StudyPlaces(scenario).all.filter { $0.flags != nil }.map(\.ids.last)
        let hint = nearestWord(to: path.last ?? "", in: names.compactMap(\.self))
        throw Mistake(
          description: "no supervisor is called “\(path.joined(separator: "/"))”"
            + (hint.map { "; did you mean \($0)?" } ?? ""))
      }
    }
    return scenario
  }

  /// Changes every supervisor that `target` means; how many there were.
  private static func apply(
    _ change: Change, _ target: [String], to child: inout Scenario.Child, _ ids: [String]
  ) throws(Mistake) -> Int {
    var count = 0
    if var flags = child.flags, StudyPlaces.isAt(target, ids) {
      let strategy = flags.strategy
      change.apply(to: &flags)
      if let kind = child.kindOfFixedStrategy {
        guard change.strategy == nil || target == ["*"] else {
          throw Mistake(
            description: "“\(child.id)” is \(kind) and cannot get another strategy")
        }
        flags.strategy = strategy
      }
      child.flags = flags
      count = 1
    }
    if case .applications(var applications) = child.content {
      for index in applications.indices {
        guard var tree = applications[index].tree else { continue }
        let below = ids + [applications[index].name, tree.id]
        count += try apply(change, target, to: &tree, below)
        applications[index].tree = tree
      }
      child.content = .applications(applications)
      return count
    }
    let id: String? =
      switch child.content {
      case .dynamic, .special: "*"
      case .worker, .supervisor, .applications, .nodes: nil
      }
    try child.eachChild { (below: inout Scenario.Child) throws(Mistake) in
      count += try apply(change, target, to: &below, ids + [id ?? below.id])
    }
    return count
  }
}

extension StudyVariant.Change {
  func apply(to flags: inout SupervisorFlags) {
    if let strategy { flags.strategy = strategy }
    if let restarts { flags.intensity.restarts = restarts }
    if let seconds { flags.intensity.seconds = seconds }
  }
}
