import Testing

/// Rules about the text of the sources that neither the compiler nor the formatter checks.
@Suite struct SourceRuleTests {
  static let sources = ["Sources", "Demos"].flatMap { Checkout.files(below: $0, ending: ["swift"]) }
  static let others =
    Checkout.files(below: "Tests", ending: ["swift"])
    + [Checkout.File(path: "Package.swift", lines: Checkout.lines(of: "Package.swift"))]

  static let bans = [
    Ban(word: "try!", instead: "handle the error or say with `precondition` why it cannot happen"),
    Ban(word: "try?", instead: "handle the error"),
    Ban(word: "fatalError(", instead: "precondition with a sentence"),
    Ban(word: "as!", instead: "make the type known"),
    Ban(
      word: "Date(", instead: "take the instant as an argument",
      except: ["Sources/BubbleCommands/", "Sources/dev/"]),
    Ban(
      word: "ContinuousClock", instead: "take the instant as an argument",
      except: [
        "Sources/BubbleCommands/", "Sources/bubbles-live/", "Sources/dev/",
        "Sources/BubbleSession/", "Sources/BubbleRealTime/",
      ]),
    Ban(word: "SystemRandomNumberGenerator", instead: "take the generator as an argument"),
    Ban(
      word: ".random(in:", instead: "pass the generator: random(in:using:)",
      unless: "using:", except: ["Sources/BubbleCommands/"]),
    Ban(
      word: "print(", instead: "return text; only the programs print",
      except: ["Sources/BubbleCommands/", "Sources/dev/", "Demos/Embedding/main.swift"]),
    Ban(word: "TODO", instead: "do it, or open an issue"),
    Ban(word: "FIXME", instead: "do it, or open an issue"),
    Ban(word: "nonisolated(unsafe)", instead: "share nothing"),
    Ban(
      word: "@unchecked Sendable", instead: "use values",
      except: ["Sources/BubbleCopyOnWrite/"]),
  ]

  @Test(arguments: bans)
  func `a banned word stays out`(ban: Ban) {
    #expect(ban.violations(in: Self.sources) == [])
  }

  @Test func `a file has at most 400 lines`() {
    #expect(longFiles(in: Self.sources, limit: 400) == [])
  }

  @Test func `a function, a property and a subscript have at most 60 lines`() {
    #expect(longDeclarations(in: Self.sources, limit: 60) == [])
  }

  @Test func `a line has at most 100 columns, and in tests a comment`() {
    #expect(longLines(in: Self.sources, limit: 100) == [])
    #expect(longLines(in: Self.others, limit: 100, isCommentsOnly: true) == [])
  }

  @Test func `a test does not pass by ending early`() {
    #expect(silentGuards(in: Self.others) == [])
  }

  @Test func `a test waits for what happens, and does not sleep`() {
    let ban = Ban(
      word: "sleep(", instead: "wait for what has to happen",
      except: [
        "Tests/BubbleTestSupport/Waiting.swift", "Tests/BubblesTests/TerminalUnderTest.swift",
        "Tests/RepositoryTests/",
      ])
    let found = ["sleep(", "usleep(", "Task.sleep("].flatMap { word in
      var ban = ban
      ban.word = word
      // A task that sleeps for an hour is there to be cancelled.
      ban.unless = ".seconds(3600)"
      return ban.violations(in: Self.others)
    }
    #expect(found == [])
  }

  // MARK: - The guards themselves

  private func file(_ lines: String..., path: String = "a.swift") -> [Checkout.File] {
    [Checkout.File(path: path, lines: lines)]
  }

  @Test(arguments: bans)
  func `a banned word is found`(ban: Ban) {
    let found = ban.violations(in: file("", "  let a = \(ban.word)"))
    #expect(found == ["a.swift:2: \(ban.word) — \(ban.instead)"])
  }

  @Test func `a banned word is found in code only, as a word, and where it is banned`() {
    let ban = Ban(word: "print(", instead: "", unless: "using:", except: ["Sources/dev/"])
    #expect(ban.violations(in: file("// print(a)", "sprint(a)", "a.print(b)")) == [])
    #expect(ban.violations(in: file("print(a, using: b)")) == [])
    #expect(ban.violations(in: file("print(a)", path: "Sources/dev/a.swift")) == [])
    #expect(ban.violations(in: file("a; print(a)")).count == 1)
  }

  @Test(arguments: [
    ["    guard a else { return }"], ["    guard let a = b else {", "      return", "    }"],
    ["    guard", "      case .a = b", "    else { return }"],
  ])
  func `a test that ends early is found`(lines: [String]) {
    func found(_ name: String) -> [String] {
      let all = ["  @Test func \(name) {"] + lines + ["  }"]
      return silentGuards(in: [Checkout.File(path: "a.swift", lines: all)])
    }
    #expect(found("`it is true`()").count == 1)
    #expect(found("help()") == [])
  }

  @Test func `a test that says what is missing, or answers, is not silent`() {
    let lines = file(
      "  @Test func `it is true`() {", "    guard a else {", "      Issue.record(b)",
      "      return",
      "    }", "    guard c else { return d }", "  }")
    #expect(silentGuards(in: lines) == [])
  }

  @Test func `a long file is found`() {
    #expect(longFiles(in: file("a", "b"), limit: 2) == [])
    #expect(longFiles(in: file("a", "b", "c"), limit: 2).count == 1)
  }

  @Test(arguments: ["// abc", "  /// ä̈́bc", "let a=1"])
  func `a long line is found by its characters, not its bytes`(line: String) {
    #expect(longLines(in: file(line), limit: line.count) == [])
    #expect(longLines(in: file("", line), limit: line.count - 1).count == 1)
    let isComment = line.contains("//")
    let found = longLines(in: file(line), limit: line.count - 1, isCommentsOnly: true)
    #expect(found.count == (isComment ? 1 : 0))
  }

  @Test(arguments: [
    "func b() {", "init() {", "init?(a: Int) {", "public static func b() -> [Int] {",
    "var b: Int {", "@MainActor var b: Int {", "private(set) lazy var b: Int = {",
    "subscript(a: Int) -> Int {", "package subscript<A>(a: A) -> Int {", "deinit {",
    "static let b: Int = {",
  ])
  func `a long declaration is found`(signature: String) {
    let files = file(
      "struct A {", "  " + signature, "    if c { d(\"}\") }", "  }", "  let e = 1", "}")
    #expect(longDeclarations(in: files, limit: 2) == ["a.swift:2 has 3 lines"])
    #expect(longDeclarations(in: files, limit: 3) == [])
  }

  @Test func `a long declaration counts from its first line`() {
    let files = file("func a(", "  b: Int", ") -> Int", "{", "  1", "}")
    #expect(longDeclarations(in: files, limit: 5) == ["a.swift:1 has 6 lines"])
  }

  @Test func `what has no body has no length`() {
    let files = file(
      "protocol A {", "  func b()", "  var c: Int { get }", "}", "struct D {", "  var e: Int",
      "  let f = [", "    1", "  ]", "}")
    #expect(longDeclarations(in: files, limit: 1) == [])
  }
}
