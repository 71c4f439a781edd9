import Foundation
import Testing

/// What is closed, full, or not what it should be: streams that are written, files that are read.
@Suite struct StreamTests {
  // MARK: - Standard error and standard output

  @Test(
    arguments: [
      ("trace nope.yaml", 66), ("replay /nowhere/a.jsonl", 66), ("run /nowhere/a.yaml", 66),
      ("frame shop --size 80by24", 64), ("demo rest-for-won", 64), ("--bogus", 64),
      ("simulate shop --runs none", 64), ("demo shop", 69),
      ("demo shop --cast /nowhere/a.cast", 73),
    ], ["", "2>&-", "2> /dev/full", "0<&- 1>&- 2>&-", "2>&3"])
  func `a mistake has its code, whether or not it can be told`(
    command: (words: String, code: Int32), stream: String
  ) throws {
    let folder = try TemporaryFolder()
    // A pipe whose reader has gone.
    let result = try folder.shell(
      "mkfifo pipe; : < pipe & exec 3> pipe; wait; $B \(command.words) \(stream)")
    #expect(result.exitCode == command.code)
    #expect(result.standardError.isEmpty == !stream.isEmpty)
  }

  @Test(
    arguments: [
      "--help", "--version", "trace --help", "--generate-completion-script bash", "demo",
      "trace shop", "trace shop --json", "trace shop --script", "frame shop", "frame shop --svg",
      "cast shop", "simulate shop --runs 2 --hours 1", "simulate shop --runs 2 --hours 1 --json",
      "replay run.jsonl --check", "demo chat --headless --port 0 --for 10ms",
    ],
    [
      ("> /dev/full", ": no space left on device"), (">&-", ": bad file descriptor"),
      ("> limited", ": file too large"),
    ])
  func `output that cannot be written is a complaint`(
    arguments: String, stream: (to: String, reason: String)
  ) throws {
    let limit = stream.to.contains("limited") ? "ulimit -f 0;" : ""
    let result = try TemporaryFolder().shell(
      """
      $B trace shop --json > run.jsonl
      { \(limit) $B \(arguments) \(stream.to); echo ended with $? >&2; } 2>&1 > /dev/null | cat >&2
      """)
    let said = result.standardError.split(separator: "\n")
    try #require(said.count == 2)
    #expect(said[0].hasPrefix("bubbles: the output could not be written"))
    #expect(said[0].hasSuffix(stream.reason))
    #expect(said[1] == "ended with 74")
  }

  @Test func `when the reader has gone, the program ends in silence`() throws {
    let result = try TemporaryFolder().shell(
      "{ $B trace swarm --messages --for 60s; echo ended with $? >&2; } | head -n 1 > /dev/null")
    #expect(result.standardError == "ended with 141\n")
  }

  @Test func `a file never gets what was meant for a stream that is closed`() throws {
    let folder = try TemporaryFolder()
    let result = try folder.shell("$B demo shop --record a.jsonl --cast /nowhere/b 1>&- 2>&-")
    #expect(result.exitCode == 73)
    #expect(try folder.names() == [])
  }

  // MARK: - What is left behind

  @Test(arguments: [
    ("$B demo shop --record a.jsonl --cast b.cast", 69, "terminal"),
    ("$B replay run.jsonl --record a.jsonl", 69, "terminal"),
    ("$B demo shop --cast b.cast --record run.jsonl", 73, "it exists already"),
    ("$B demo shop --cast b.cast --record /nowhere/a", 73, "no such file or directory"),
    ("ulimit -f 1; $B demo shop --cast b.cast --record a.jsonl", 74, "file too large"),
    ("$B demo chat --port 0 --cast b.cast", 69, "terminal"),
  ])
  func `a start that fails leaves no file`(script: String, code: Int32, reason: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.shell("$B trace first-bubble --json > run.jsonl")
    let result = try folder.shell(script)
    #expect(result.exitCode == code)
    #expect(result.standardError.contains(reason))
    #expect(result.standardError.split(separator: "\n").count == 1)
    #expect(try folder.names() == ["run.jsonl"])
  }

  // MARK: - What is read

  @Test(arguments: [
    ("mkfifo it", "it is a pipe, not a file"), ("mkdir it", "is a directory"),
    ("ln -s /dev/zero it", "it is a device, not a file"),
    ("ln -s /dev/null it", "it is a device, not a file"),
    ("ln -s it it", "too many levels of symbolic links"), (":", "no such file or directory"),
  ])
  func `what is not a file is refused, and nothing waits for it`(
    made: String, reason: String
  ) throws {
    let folder = try TemporaryFolder()
    for command in ["run", "trace", "frame", "cast", "simulate", "replay"] {
      let result = try folder.shell("\(made); $B \(command) ./it")
      #expect(result.exitCode == 66, "\(command)")
      #expect(result.standardError == "bubbles: cannot read ./it: \(reason)\n")
      _ = try folder.shell("rm -rf it")
    }
    try folder.write("applications: [{application: a, file: it}]", to: "my.yaml")
    let named = try folder.shell("\(made); $B trace my.yaml")
    #expect(named.exitCode == 65)
    #expect(named.standardError.contains(reason))
  }

  @Test func `a file whose name is not UTF-8 opens, and another is written`() throws {
    let result = try TemporaryFolder().shell(
      #"""
      name=$(printf 'caf\351'); mkdir "$name"
      echo 'applications: [{application: a, file: a.app, tree: {supervisor: top, children: [{worker: w}]}}]' \
        > "$name/$name.yaml"
      echo '{application, a, [{vsn, "7"}, {mod, {a, []}}]}.' > "$name/a.app"
      $B trace "$name/$name.yaml" --json > "$name.jsonl" && $B replay "$name.jsonl" --check \
        && $B trace "$name" --for 1s; echo "ended with $?"
      $B demo shop --record="$name.jsonl" || $B demo shop --record "$name/no/$name"
      """#)
    #expect(result.standardOutput.contains("all as recorded"))
    #expect(result.standardOutput.contains("ended with 66"))
    #expect(result.standardError.contains("caf\u{FFFD}: is a directory"))
    #expect(result.standardError.contains("caf\u{FFFD}.jsonl: it exists already"))
    #expect(result.standardError.contains("no such file or directory"))
  }

  @Test func `a mark of byte order is skipped wherever text is read`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "\u{FEFF}script: [{say: hello}]\napplications: [{application: a, file: a.app, "
        + "tree: {supervisor: top, children: [{worker: w}]}}]", to: "my.yaml")
    try folder.write("\u{FEFF}{application, a, [{mod, {a, []}}]}.", to: "a.app")
    let trace = try folder.shell("$B trace my.yaml --json > a.jsonl; $B replay a.jsonl --check")
    #expect(trace.exitCode == 0, "\(trace.standardError)")
    try folder.write("\u{FEFF}" + folder.text(of: "a.jsonl"), to: "b.jsonl")
    let marked = try folder.shell("$B replay b.jsonl --check")
    #expect(marked.exitCode == 0, "\(marked.standardError)")
  }

  @Test(arguments: [
    #"{"at":0,"event":"LONG","id":1,"pid":"<1>"}"#,
    #"{"at":0,"behaviour":"worker","event":"process_spawned","id":1,"pid":"LONG"}"#,
    #"{"act":"LONG","at":0,"steps":1}"#, "LONG",
    #"{"format":2,"program":"LONG","scenario":"LONG","seed":1,"source":"x: LONG"}"#,
    #"{"format":99,"program":"LONG"}"#,
  ])
  func `a damaged line is quoted short`(line: String) throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "long ", count: 20_000)
    let damaged = line.replacingOccurrences(of: "LONG", with: long)
    let header = #"{"format":2,"scenario":"a","seed":1,"source":"tree: {supervisor: a}"}"#
    try folder.write(
      (line.contains("format") ? "" : header + "\n") + damaged + "\n", to: "a.jsonl")
    let result = try folder.shell("$B replay a.jsonl --check")
    #expect(result.exitCode == 65)
    #expect(result.standardError.count < 400, "\(result.standardError.prefix(1000))")
    #expect(result.standardError.hasPrefix("bubbles: a.jsonl:"))
  }

  @Test(arguments: [4, 5, 6, 7, 8, 10, 12, 256])
  func `too few descriptors for a chat are told`(most: Int) throws {
    let result = try TemporaryFolder().shell(
      "ulimit -n \(most); $B demo chat --headless --port 0 --for 10ms --guests 1")
    #expect(result.exitCode == (most < 256 ? 69 : 0))
    #expect(result.standardError.contains("ulimit") == (most < 256))
    #expect(result.standardError.split(separator: "\n").count <= 1)
  }

  @Test(arguments: [4, 5], ["--version", "demo", "trace shop --for 1s", "open nothing.yaml"])
  func `too few descriptors for anything are told`(most: Int, arguments: String) throws {
    let result = try TemporaryFolder().shell("ulimit -n \(most); $B \(arguments)")
    #expect(result.exitCode == 69)
    #expect(result.standardError.hasPrefix("bubbles: ") && result.standardError.contains("ulimit"))
    #expect(result.standardError.split(separator: "\n").count == 1)
  }

  // MARK: - What leaves as JSON

  @Test(arguments: ["trace my.yaml --json", "simulate my.yaml --json --runs 2 --hours 1"])
  func `JSON holds no character that steers a terminal`(arguments: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      #"""
      name: "\u009b31mRED\u009d0;t\u009c\x7f\u202e"
      tree: {supervisor: "t\u009b5m", children: [{worker: "w\u009b7m\u202e\u2066\u061c\u200f"}]}
      """#, to: "my.yaml")
    let result = try folder.shell("$B \(arguments)")
    #expect(result.exitCode == 0)
    #expect(result.standardOutput.contains(#"\u009b7m\u202e\u2066\u061c\u200f"#))
    let steering = result.standardOutput.unicodeScalars.filter {
      $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.isBidiControl)
    }
    #expect(steering.isEmpty)
    for line in arguments.hasPrefix("trace")
      ? result.standardOutput.split(separator: "\n") : [result.standardOutput[...]]
    {
      _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
    }
    let again = try folder.shell("$B trace my.yaml --json > a.jsonl; $B replay a.jsonl --check")
    #expect(again.exitCode == 0, "\(again.standardError)")
  }
}
