/// A regular expression over versions, in the part of PCRE's language that needs no going back.
///
/// | written | means |
/// |---|---|
/// | `a`, `\.` | that character |
/// | `.` | any but a line's end |
/// | `\d`, `\w`, `\s`, `\D`, `\W`, `\S` | digit, word character, blank, none of them |
/// | `[a-z.]`, `[^a-z]`, `[[:digit:]]` | one of a set, none of it |
/// | `(…)`, `(?:…)`, `…\|…` | a group, one or the other |
/// | `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}` | repetition, as often as can be |
/// | each of these with a `?` behind it | as seldom as can be |
/// | `^`, `\A`, `$`, `\z` | the beginning, the end |
///
/// Repetitions of what may be empty, within each other, can match a little more than in PCRE.
/// Everything else is refused. Matching takes time in proportion to the expression and the version,
/// whatever they are.
struct VersionExpression {
  /// A set of characters.
  struct Scalars {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      ranges.contains { $0.contains(scalar.value) } != isNegated
    }
  }

  /// An instruction of the matcher.
  enum Instruction {
    case one(Scalars)
    /// Goes on in both places, the first one with priority.
    case fork(Int, Int)
    case jump(Int)
    /// Goes back to the fork of a loop; behind the loop when nothing was taken since that fork.
    case again(fork: Int)
    case atStart
    case atEnd
    case matched
  }

  /// How many instructions an expression may come to.
  static let instructionLimit = 5000
  /// How many parts may be laid out for that, each repetition counted; parts without instructions,
  /// such as empty groups, count as well.
  static let partLimit = 20_000

  private let instructions: [Instruction]

  /// Nil for what is not an expression, or none that is understood.
  init?(_ text: String) {
    var parser = VersionExpressionParser(text)
    guard let tree = parser.whole() else { return nil }
    var builder = Builder()
    guard builder.add(tree) else { return nil }
    instructions = builder.instructions + [.matched]
  }

  /// Whether the match that a backtracking matcher finds first is the whole text.
  ///
  /// It is found by following all ways at once, those that are preferred first.
  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var end: Int?
    var threads = reachable(from: [0], at: 0, in: scalars)
    var place = 0
    while !threads.isEmpty {
      var next: [Int] = []
      for thread in threads {
        guard case .one(let set) = instructions[thread] else {
          // What comes behind is less preferred.
          end = place
          break
        }
        if place < scalars.count, set.contains(scalars[place]) { next.append(thread + 1) }
      }
      place += 1
      threads = next.isEmpty ? [] : reachable(from: next, at: place, in: scalars)
    }
    return end == scalars.count
  }

  /// The instructions that take a character, or end, which are reached without one.
  private func reachable(
    from starts: [Int], at place: Int, in scalars: [Unicode.Scalar]
  ) -> [Int] {
    var seen = Array(repeating: false, count: instructions.count)
    var reached: [Int] = []
    var stack = Array(starts.reversed())
    while let instruction = stack.popLast() {
      guard !seen[instruction] else { continue }
      seen[instruction] = true
      switch instructions[instruction] {
      case .one, .matched: reached.append(instruction)
      case .fork(let first, let second): stack += [second, first]
      case .jump(let other): stack.append(other)
      case .again(let fork): stack.append(seen[fork] ? instruction + 1 : fork)
      case .atStart: if place == 0 { stack.append(instruction + 1) }
      case .atEnd: if place == scalars.count { stack.append(instruction + 1) }
      }
    }
    return reached
  }

  /// Lays the instructions of a tree out.
  private struct Builder {
    var instructions: [Instruction] = []
    private var parts = 0

    /// False when it becomes too long.
    mutating func add(_ node: VersionExpressionParser.Node) -> Bool {
      parts += 1
      guard instructions.count < VersionExpression.instructionLimit,
        parts < VersionExpression.partLimit
      else { return false }
      switch node {
      case .one(let set): instructions.append(.one(set))
      case .start: instructions.append(.atStart)
      case .end: instructions.append(.atEnd)
      case .sequence(let nodes):
        for node in nodes where !add(node) { return false }
      case .either(let first, let second):
        let fork = reserve()
        guard add(first) else { return false }
        let jump = reserve()
        instructions[fork] = .fork(fork + 1, instructions.count)
        guard add(second) else { return false }
        instructions[jump] = .jump(instructions.count)
      case .repeated(let node, let least, let most, let isGreedy):
        for _ in 0..<least where !add(node) { return false }
        return repeats(node, most.map { $0 - least }, isGreedy)
      }
      return true
    }

    /// So many times or fewer; any number of times for nil.
    private mutating func repeats(
      _ node: VersionExpressionParser.Node, _ count: Int?, _ isGreedy: Bool
    ) -> Bool {
      var forks: [Int] = []
      for _ in 0..<(count ?? 1) {
        forks.append(reserve())
        guard add(node) else { return false }
      }
      if count == nil { instructions.append(.again(fork: forks[0])) }
      for fork in forks {
        instructions[fork] =
          isGreedy ? .fork(fork + 1, instructions.count) : .fork(instructions.count, fork + 1)
      }
      return true
    }

    private mutating func reserve() -> Int {
      instructions.append(.matched)
      return instructions.count - 1
    }
  }
}
