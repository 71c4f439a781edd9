import ArgumentParser

struct DemoCommand<Live: LiveDemos>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "demo", abstract: "Open a built-in demo; without a name, list them.")
  }

  @Argument(help: "The demo's name.", completion: .list(Source.demoNames))
  var name: String?

  @OptionGroup var options: DemoOptions

  func run() throws {
    guard let name else {
      return try complaining { try printWhole(Source.demoList() + "\n") }
    }
    if let demo = LiveDemo(rawValue: name) { return try Live.open(demo, options) }
    if options.chat.isUsed {
      return try complaining { throw Complaint.usage(ChatOptions.areElsewhere) }
    }
    try Stage.open(options.stage, writing: options.files) { try .demo(named: name) }
  }
}
