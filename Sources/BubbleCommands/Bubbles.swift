package import ArgumentParser
import BubbleCells
import Foundation

/// The version of this program, as recordings name it.
let programVersion = "1.0.0"

/// The command line of the bubble machine, in a program that opens live demos as `Live` says.
package struct Bubbles<Live: LiveDemos>: AsyncParsableCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "bubbles",
      abstract: "Watch a supervision tree live: kill workers, see restart strategies act.",
      discussion: """
        Without a subcommand the demo `shop` opens. Inside, press ? for the keys.
        """,
      version: programVersion,
      subcommands: [
        OpenCommand.self, DemoCommand<Live>.self, RunCommand.self, TraceCommand.self,
        FrameCommand.self, CastCommand.self, ReplayCommand.self, SimulateCommand.self,
      ],
      defaultSubcommand: OpenCommand.self)
  }

  package init() {}

  /// Runs what the arguments of this program ask for, and ends with a code of sysexits.h.
  package static func main() async {
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

/// What a demo is opened with.
package struct DemoOptions: ParsableArguments {
  /// What is for the chat.
  @OptionGroup(title: "Options of the demo chat") package var chat: ChatOptions
  /// How it is shown.
  @OptionGroup package var stage: StageOptions
  /// What is written meanwhile.
  @OptionGroup package var files: FileOptions

  package init() {}
}

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
