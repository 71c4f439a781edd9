package import ArgumentParser
import BubbleCells
import Foundation

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
