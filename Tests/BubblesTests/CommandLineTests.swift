import BubbleTestSupport
import Foundation
import Testing

/// The program without a terminal: what it prints, what it refuses, and with which exit code.
@Suite struct CommandLineTests {
  @Test func `without a terminal it says what to do instead`() throws {
    let result = try Command.bubbles("demo", "shop")
    #expect(result.exitCode == 69)
    #expect(result.standardOutput.isEmpty)
    #expect(result.standardError.contains("terminal"))
    #expect(result.standardError.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    (["demo", "rest-for-won"], 64, "rest-for-one"),
    (["trace", "shpo"], 66, "shop"),
    (["run", "/nowhere/at-all.yaml"], 66, "/nowhere/at-all.yaml"),
    (["frame", "shop", "--size", "80by24"], 64, "80by24"),
    (["frame", "shop", "--theme", "lihgt"], 64, "lihgt"),
    (["frame", "shop", "--view", "bubles"], 64, "bubles"),
    (["frame", "shop", "--at", "soon"], 64, "soon"),
    (["frame", "shop", "--keys", "<Entre>"], 64, "<Entre>"),
    (["trace", "shop", "--seed", "x"], 64, "x"),
    (["demo", "shop", "--cast", "/dev/null"], 73, "/dev/null: it exists already"),
    (["demo", "shop", "--cast", "/nowhere/a.cast"], 73, "no such file or directory"),
    (["dmeo"], 64, "did you mean demo?"), (["shop"], 64, "did you mean bubbles demo shop?"),
    (["frme", "shop"], 64, "did you mean frame?"), (["xyzzy"], 64, "bubbles --help lists them"),
  ])
  func `a wrong word is named, with a conventional exit code`(
    arguments: [String], code: Int32, culprit: String
  ) throws {
    let result = try Command.run(TerminalUnderTest.program, arguments)
    #expect(result.exitCode == code)
    #expect(result.standardError.contains(culprit))
    #expect(result.standardOutput.isEmpty)
  }

  @Test(arguments: [
    ["trace", "shop", "\u{1B}[2J"], ["\u{1B}]2;title\u{7}"], ["demo", "\u{1B}[31m"],
    ["frame", "shop", "--theme", "\u{9B}31m"], ["run", "/nowhere/\u{1B}[2J.yaml"],
  ])
  func `escape sequences in an argument are shown, never obeyed`(arguments: [String]) throws {
    let result = try Command.run(TerminalUnderTest.program, arguments)
    #expect(result.exitCode != 0)
    #expect(!result.standardError.isEmpty)
    #expect(
      result.standardError.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.properties.generalCategory != .control
      })
  }

  @Test func `a trace has the same bytes on every run`() throws {
    let first = try Command.bubbles("trace", "shop", "--seed", "7", "--json")
    let second = try Command.bubbles("trace", "shop", "--seed", "7", "--json")
    #expect(first.exitCode == 0)
    #expect(first.standardOutput.split(separator: "\n").count > 20)
    #expect(first.standardOutput == second.standardOutput)
  }

  @Test func `another seed gives another run`() throws {
    let first = try Command.bubbles("trace", "shop", "--seed", "7", "--messages", "--json")
    let second = try Command.bubbles("trace", "shop", "--seed", "8", "--messages", "--json")
    #expect(first.standardOutput != second.standardOutput)
  }

  @Test func `the list of demos names each with a line`() throws {
    let result = try Command.bubbles("demo")
    #expect(result.exitCode == 0)
    for name in ["first-bubble", "rest-for-one", "shop", "swarm"] {
      #expect(result.standardOutput.contains(name))
    }
  }

  /// Each demo is seen in one of the views, unless all are asked for.
  @Test(
    arguments: ["bubbles", "tree", "table", "log"].enumerated().map { ($0.offset, $0.element) })
  func `a frame of every demo can be seen in every view`(number: Int, view: String) throws {
    let names = try Command.bubbles("demo").standardOutput.split(separator: "\n")
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.count >= 9)
    // The chat runs in real time, and is not a scenario.
    for (demo, name) in names.enumerated()
    where name != "chat" && Sample.chosen.takes(demo + number, oneIn: 4) {
      let result = try Command.bubbles("frame", name, "--view", view)
      #expect(result.exitCode == 0, "\(name): \(result.standardError)")
      #expect(result.standardOutput.split(separator: "\n").count > 5, "\(name) in \(view)")
    }
  }

  @Test func `a frame can be a picture`() throws {
    let result = try Command.bubbles("frame", "shop", "--svg", "--size", "80x24")
    #expect(result.exitCode == 0)
    #expect(result.standardOutput.hasPrefix("<svg") || result.standardOutput.hasPrefix("<?xml"))
    #expect(XMLLint.accepts(result.standardOutput))
  }

  @Test(arguments: [[], ["demo"], ["run"], ["trace"], ["frame"], ["cast"], ["replay"]])
  func `help and version answer on every level`(command: [String]) throws {
    let help = try Command.run(TerminalUnderTest.program, command + ["--help"])
    #expect(help.exitCode == 0)
    #expect(help.standardOutput.contains((["USAGE: bubbles"] + command).joined(separator: " ")))
    for line in help.standardOutput.split(separator: "\n") {
      #expect(line.count <= 80 || line.hasPrefix("USAGE"), "\(line)")
    }
    let version = try Command.run(TerminalUnderTest.program, command + ["--version"])
    #expect(version.exitCode == 0)
    #expect(version.standardOutput == "1.0.0\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions know commands, demos and choices`(shell: String) throws {
    let script = try Command.bubbles("--generate-completion-script", shell)
    #expect(script.exitCode == 0)
    for word in ["trace", "rest-for-one", "contrast", "braille", "--seed"] {
      let option = word.hasPrefix("--") && shell == "fish" ? "seed" : word
      #expect(script.standardOutput.contains(option), "\(word)")
    }
  }
}

/// Whether text is well-formed XML.
private enum XMLLint {
  static func accepts(_ text: String) -> Bool {
    var depth = 0
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      guard let close = rest[open...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: open)..<close]
      if tag.hasPrefix("/") {
        depth -= 1
      } else if !tag.hasSuffix("/") && !tag.hasPrefix("?") && !tag.hasPrefix("!") {
        depth += 1
      }
      rest = rest[rest.index(after: close)...]
    }
    return depth == 0
  }
}
