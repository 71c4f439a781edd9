import Foundation
import Testing

/// What leaves the program, read by those it is meant for.
///
/// `Tests/run` installs them in continuous integration.
@Suite struct ExportTests {
  static let names = [
    "first-bubble", "rest-for-one", "one-for-all", "escalation", "dynamic", "shutdown", "swarm",
    "shop",
  ]

  @Test(.enabled(if: Tool.dot.isThere, "graphviz is not installed"), arguments: names)
  func `Graphviz draws the tree of every demo`(name: String) throws {
    let drawn = try Tool.dot.read(
      try export(name, "dot"), as: "tree.dot", arguments: { ["-Tplain", $0] })
    let nodes = drawn.split(separator: "\n").filter { $0.hasPrefix("node ") }
    let edges = drawn.split(separator: "\n").filter { $0.hasPrefix("edge ") }
    #expect(nodes.count == edges.count + 1, "a tree has one edge fewer than nodes")
    #expect(nodes.count > 1)
  }

  @Test(.enabled(if: Tool.dot.isThere, "graphviz is not installed"))
  func `Graphviz takes a hostile name for text`() throws {
    let scenario = """
      name: "q\\" ] ; & <b> \\\\N \\e[31m"
      tree:
        supervisor: "a\\" ] ; x -> y & <b> \\\\N"
        children: [{worker: w}]
      """
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("hostile-\(UUID().uuidString).yaml")
    try Data(scenario.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let drawn = try Tool.dot.read(
      try export(file.path, "dot"), as: "tree.dot", arguments: { ["-Tsvg", $0] })
    #expect(drawn.contains("a&quot; ] ; x &#45;&gt; y &amp; &lt;b&gt; \\N"))
    #expect(drawn.components(separatedBy: "class=\"node\"").count == 3)
  }

  @Test(
    .enabled(if: Tool.rsvg.isThere, "rsvg-convert is not installed"),
    arguments: ["bubbles", "tree", "table", "log"])
  func `a picture becomes a PNG of its size`(view: String) throws {
    let picture = try Command.bubbles(
      "frame", "shop", "--format", "svg", "--view", view, "--size", "100x30"
    ).standardOutput
    let png = try Tool.rsvg.draw(picture)
    #expect(png.size == PNG.Size(width: 1200, height: 720))
  }

  /// A cell that is cut out of the picture holds its letter whole and nothing of its neighbours, so
  /// it looks the same in every column.
  @Test(.enabled(if: Tool.rsvg.isThere, "rsvg-convert is not installed"))
  func `letters keep to their columns in a PNG`() throws {
    let words = ["frame", "shop", "--view", "table"]
    let picture = try Command.run(TerminalUnderTest.program, words + ["--svg"]).standardOutput
    let rows = try Command.run(TerminalUnderTest.program, words).standardOutput
      .components(separatedBy: "\n").map { Array($0) }
    let blank = try Tool.rsvg.draw(picture, cell: (column: 0, row: 1)).data
    var looks: [Character: Set<Data>] = [:]
    var cells = 0
    for row in [5, 7] {
      let start = try #require(
        rows[row].indices.first { rows[row][$0...].starts(with: "permanent") })
      for column in start..<start + 9 where "en".contains(rows[row][column]) {
        looks[rows[row][column], default: []].insert(
          try Tool.rsvg.draw(picture, cell: (column, row)).data)
        cells += 1
      }
    }
    #expect(cells == 8)
    #expect(looks.mapValues(\.count) == ["e": 1, "n": 1])
    #expect(looks["e"] != looks["n"] && looks["e"] != [blank])
  }

  @Test(arguments: [
    (["--format", "txt"], "txt"), (["--svg", "--format", "dot"], "contradict"),
  ])
  func `a wrong format is refused`(arguments: [String], culprit: String) throws {
    let result = try Command.run(TerminalUnderTest.program, ["frame", "shop"] + arguments)
    #expect(result.exitCode == 64)
    #expect(result.standardError.contains(culprit))
  }

  private func export(_ name: String, _ format: String) throws -> String {
    let result = try Command.bubbles("frame", name, "--format", format)
    #expect(result.exitCode == 0, "\(result.standardError)")
    return result.standardOutput
  }
}

/// Recordings of the screen, as asciinema reads them.
@Suite struct CastCommandTests {
  static let keys = ["cast", "one-for-all", "--keys", "<1s>xx<3s>", "--for", "8s", "--seed", "7"]

  @Test func `the same words give the same bytes`() throws {
    let first = try Command.run(TerminalUnderTest.program, Self.keys)
    let second = try Command.run(TerminalUnderTest.program, Self.keys)
    #expect(first.exitCode == 0)
    #expect(first.standardOutput == second.standardOutput)
  }

  @Test func `every line is JSON, times never go back, and a kill has its mark`() throws {
    let output = try Command.run(TerminalUnderTest.program, Self.keys).standardOutput
    let lines = output.split(separator: "\n")
    let header = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
    #expect(header?["version"] as? Int == 2)
    #expect(header?["width"] as? Int == 80)
    var last = 0.0
    var marks: [String] = []
    for line in lines.dropFirst() {
      let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any] ?? []
      let time = try #require(fields[0] as? Double)
      #expect(time >= last)
      last = time
      if fields[1] as? String == "m" { marks.append(fields[2] as? String ?? "") }
    }
    #expect(last > 4 && last <= 8)
    #expect(marks.count >= 2)
    #expect(marks.first?.contains("kill") == true)
  }

  @Test(.enabled(if: Tool.asciinema.isThere, "asciinema is not installed"))
  func `asciinema plays what was recorded`() throws {
    let output = try Command.run(TerminalUnderTest.program, Self.keys).standardOutput
    // asciinema wants a terminal, even to print.
    let played = try Tool.script.read(
      output, as: "a.cast", arguments: { ["-qec", "asciinema cat \($0)", "/dev/null"] })
    let pictures = try output.split(separator: "\n").dropFirst().compactMap { line in
      let fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any]
      return fields?[1] as? String == "o" ? fields?[2] as? String : nil
    }
    #expect(pictures.count > 10)
    #expect(played.contains(pictures.joined()))
  }
}

/// A program of the system that reads what this one writes.
struct Tool {
  static let dot = Tool(name: "dot", version: "-V")
  static let rsvg = Tool(name: "rsvg-convert", version: "--version")
  static let asciinema = Tool(name: "asciinema", version: "--version")
  static let script = Tool(name: "script", version: "--version")

  let name: String
  let isThere: Bool

  private init(name: String, version: String) {
    self.name = name
    isThere = (try? TerminalUnderTest.run(name, [version])) != nil
  }

  /// What it prints when it reads `text` from a file called `file`.
  func read(
    _ text: String, as file: String, arguments: (String) -> [String]
  ) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("export-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(file).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try TerminalUnderTest.run("env", ["LC_ALL=C.UTF-8", name] + arguments(path))
  }

  /// The picture that it makes of an SVG, or of one cell of it.
  func draw(_ picture: String, cell: (column: Int, row: Int)? = nil) throws -> PNG {
    let output = FileManager.default.temporaryDirectory
      .appendingPathComponent("export-\(UUID().uuidString).png")
    defer { try? FileManager.default.removeItem(at: output) }
    let cut =
      cell.map { cell in
        [
          "--page-width=12", "--page-height=24", "--left=\(-12 * cell.column)",
          "--top=\(-24 * cell.row)",
        ]
      } ?? []
    _ = try read(
      picture, as: "picture.svg", arguments: { cut + ["--output=\(output.path)", $0] })
    return PNG(data: try Data(contentsOf: output))
  }
}

/// A picture in the format PNG.
struct PNG {
  /// Its size in dots.
  struct Size: Equatable {
    var width: Int
    var height: Int
  }

  var data: Data

  var size: Size {
    func number(at offset: Int) -> Int {
      data.dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    return Size(width: number(at: 16), height: number(at: 20))
  }
}
