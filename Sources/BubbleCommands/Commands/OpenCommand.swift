import ArgumentParser

/// What happens when no subcommand is named.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the default demo.", shouldDisplay: false)

  @OptionGroup var options: StageOptions
  @OptionGroup var files: FileOptions

  func run() throws {
    try Stage.open(options, writing: files) { try .demo(named: "shop") }
  }
}
