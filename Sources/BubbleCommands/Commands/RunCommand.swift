import ArgumentParser

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Open a scenario file of your own.")

  @Argument(help: "The scenario file (YAML).", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @OptionGroup var options: StageOptions
  @OptionGroup var files: FileOptions

  func run() throws {
    try Stage.open(options, writing: files) { try .file(at: file) }
  }
}
