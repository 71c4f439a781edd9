import ArgumentParser
import BubbleCells
import Foundation

/// The version of this program, as recordings name it.
let programVersion = "1.0.0"

/// The command line of the bubble machine.
@main struct Bubbles: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bubbles",
    abstract: "Watch a supervision tree live: kill workers, see restart strategies act.",
    discussion: """
      Without a subcommand the demo `shop` opens. Inside, press ? for the keys.
      """,
    version: programVersion,
    subcommands: [
      OpenCommand.self, DemoCommand.self, RunCommand.self, TraceCommand.self, FrameCommand.self,
      CastCommand.self, ReplayCommand.self, SimulateCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
    } catch  where exitCode(for: error) == .validationFailure {
      // The words that were typed stand in it; they may hold anything.
      let lines = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
      let text = lines.map { sanitised($0) + "\n" }.joined()
      FileHandle.standardError.write(Data(text.utf8))
      exit(withError: ExitCode.validationFailure)
    } catch {
      exit(withError: error)
    }
  }
}

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

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Open a built-in demo; without a name, list them.")

  @Argument(help: "The demo's name.", completion: .list(Source.demoNames))
  var name: String?

  @OptionGroup(title: "Options of the demo chat") var chat: ChatOptions
  @OptionGroup var options: StageOptions
  @OptionGroup var files: FileOptions

  func run() throws {
    guard let name else {
      return try complaining { try printWhole(Source.demoList() + "\n") }
    }
    if name == ChatStage.name {
      return try ChatStage(chat: chat, options: options).open(writing: files)
    }
    if chat.isUsed {
      return try complaining { throw Complaint.usage(ChatStage.optionsElsewhere) }
    }
    try Stage.open(options, writing: files) { try .demo(named: name) }
  }
}

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
