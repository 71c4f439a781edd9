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
        OpenCommand<Live>.self, DemoCommand<Live>.self, RunCommand.self, TraceCommand.self,
        FrameCommand.self, CastCommand.self, ReplayCommand.self, SimulateCommand.self,
      ],
      defaultSubcommand: OpenCommand<Live>.self)
  }

  package init() {}

  /// Makes sure of what every command needs; to be called before anything waits.
  ///
  /// The first thread beside the main one opens descriptors: it takes the number of a standard
  /// stream that is closed, and ends the program when there are too few.
  package static func prepare() {
    Descriptor.prepareStandardStreams()
    guard !Descriptor.areFree(Self.descriptors) else { return }
    let complaint = Complaint.unavailable(
      "the system lets this program open too few files; see `ulimit -n`")
    exit(withError: complaint.said())
  }

  /// The descriptors that threads need, and one for a file.
  private static var descriptors: Int { 3 }

  /// Runs what the arguments of this program ask for, and ends with a code of sysexits.h.
  package static func main() async {
    do {
      var command = try parseAsRoot()
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
    } catch {
      exit(withError: told(error))
    }
  }

  /// Prints what the error has to say, which may be the help that was asked for.
  ///
  /// - Returns: The code to end with.
  private static func told(_ error: any Error) -> ExitCode {
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    guard !text.isEmpty else { return code }
    guard code == .success else {
      // The words that were typed stand in it; they may hold anything.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      printError(lines.map { sanitised($0) + "\n" }.joined())
      return code
    }
    do throws(Complaint) {
      try printWhole(text + "\n")
      return code
    } catch {
      return error.said()
    }
  }
}
