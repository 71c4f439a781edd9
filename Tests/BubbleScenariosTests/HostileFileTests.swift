import BubbleDemos
import BubbleScenarios
import BubbleTestSupport
import Testing

/// Files that no person wrote are answered, too, and soon.
@Suite struct HostileFileTests {
  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x00], "x:1:1: not a text file: a byte here is not UTF-8"),
      (Array("a: b\nc: d".utf8) + [0xC3], "x:2:5: not a text file: a byte here is not UTF-8"),
      ([0x00, 0x01, 0x02], "x:1:1: not YAML: control characters are not allowed"),
    ] as [([UInt8], String)])
  func `bytes that are no text are refused`(bytes: [UInt8], answer: String) {
    #expect(answerTo(bytes: bytes) == answer)
  }

  @Test func `a huge file is refused unread`() {
    #expect(
      answerTo(bytes: Array(repeating: 0x20, count: (4 << 20) + 1))
        == "x:1:1: the file has 4,194,305 bytes; at most 4,194,304 are read")
  }

  @Test func `a file name cannot steer the terminal`() {
    #expect(throws: ScenarioError.self) { try Scenario(yaml: "", file: "a\u{1B}[2J.yaml") }
    do {
      _ = try Scenario(yaml: "", file: "a\u{1B}[2J.yaml")
    } catch {
      #expect(error.description == "a\\u{1B}[2J.yaml:1:1: the file is empty")
    }
  }

  @Test func `more problems than anybody reads are counted`() {
    let lines = (1...60).map { "k\($0): 1" }.joined(separator: "\n")
    do {
      _ = try Scenario(yaml: lines, file: "x")
      Issue.record("it was read")
    } catch {
      #expect(error.problems.count == 51)
      #expect(error.problems.last?.message == "and 11 more problems")
    }
  }

  @Test func `values nested through aliases are refused`() {
    var yaml = ""
    for level in 0..<16 {
      let inner = level == 0 ? "x" : "*a\(level - 1)"
      yaml += "k\(level): &a\(level) \(String(repeating: "[", count: 900))\(inner)"
      yaml += String(repeating: "]", count: 900) + "\n"
    }
    let answer = answerTo(bytes: Array(yaml.utf8))
    #expect(answer.hasSuffix("the values are nested too deeply"))
  }

  @Test func `partitions of partitions are refused, and soon`() {
    var yaml = "tree: {supervisor: top, children: ["
    for level in 0..<50 { yaml += "{supervisor: s\(level), partitions: 1000, template: " }
    yaml += "{worker: w}" + String(repeating: "}", count: 50) + "]}"
    let answer = answerTo(bytes: Array(yaml.utf8))
    #expect(answer.contains("partitions has no meaning in a template: it is found by its id"))
  }

  @Test func `a large tree in which all have the same id is read, and no call is guessed`() {
    let pairs = (0..<300).map { number in
      "{supervisor: s\(number), children: [{worker: w}, {worker: v, calls: {to: s\(number)/w}}]}"
    }
    let tree = "tree: {supervisor: top, children: [\(pairs.joined(separator: ",\n"))]}"
    #expect(answerTo(bytes: Array(tree.utf8)) == "it was read")
    let vague = tree.replacing("/w}", with: "x/w}").replacing("to: s", with: "to: w, every: s")
    #expect(answerTo(bytes: Array(vague.utf8)).contains("\"w\" is not unique"))
  }

  @Test(arguments: 1...200)
  func `a demo with random damage is read or refused`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var bytes = Array(Demo.all[Int(seed) % Demo.all.count].text.utf8)
    for _ in 0..<Int.random(in: 1...8, using: &generator) {
      let index = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: index)
      case 2:
        bytes.insert(
          Array("{}[]:-#&*!|>'\"%@`,?\t\n ".utf8).randomElement(using: &generator) ?? 0, at: index)
      default: bytes.removeSubrange(index...)
      }
      if bytes.isEmpty { break }
    }
    let answer = answerTo(bytes: bytes)
    #expect(answer == "it was read" || answer.hasPrefix("x:"))
    #expect(
      !answer.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
  }

  @Test(arguments: [
    "\u{200B}", " ", "\u{3164}", "\u{301}", "\u{2028}",
    "a" + String(repeating: "\u{301}", count: 800),
  ])
  func `a name has something to see, and no more bytes than characters may need`(name: String) {
    let scalars = name.unicodeScalars.map { "\\u" + hexadecimal($0.value) }.joined()
    for key in ["supervisor", "worker"] {
      let child = key == "worker" ? "top, children: [{worker: \"\(scalars)\"}]" : "\"\(scalars)\""
      let answer = answerTo(bytes: Array("tree: {supervisor: \(child)}".utf8))
      #expect(
        answer.contains("\(key) wants text of 1 to 200 characters that can be seen"), "\(answer)")
    }
  }

  private func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  @Test func `of very many misspelled names the first are answered with a hint`() {
    let workers = (0..<600).map { number in
      "{worker: worker_number_\(number)_of_a_large_tree, "
        + "calls: {to: wroker_number_\(number)_of_a_large_tree}}"
    }
    let tree = "tree: {supervisor: top, children: [\(workers.joined(separator: ",\n"))]}"
    let answer = answerTo(bytes: Array(tree.utf8))
    #expect(answer.contains("did you mean \"worker_number_0_of_a_large_tree\"?"))
    #expect(answer.contains("and 550 more problems"))
  }

  private func answerTo(bytes: [UInt8]) -> String {
    do {
      _ = try Scenario(bytes: bytes, file: "x")
      return "it was read"
    } catch {
      return error.description
    }
  }
}
