import ArgumentParser

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Open a recording, to look at and to go on with.",
    discussion: """
      Recordings are made with --record FILE or :record FILE. One opens at its beginning, with all
      of it known: space plays, `.` and `,` step, and whatever you do goes on live from there.
      """)

  @Argument(help: "The recording.", completion: .file(extensions: ["jsonl"]))
  var file: String

  @Flag(help: "Only run it again, and say whether all events came out as recorded.")
  var check = false

  @OptionGroup var options: StageOptions
  @OptionGroup var files: FileOptions

  func validate() throws {
    if options.seed != nil { throw ValidationError("a recording has its seed; leave --seed out") }
  }

  func run() throws {
    if check {
      try complaining { try printWhole(RecordedRun(at: file).summary() + "\n") }
    } else {
      try Stage.open(options, writing: files) { try .recording(at: file) }
    }
  }
}
