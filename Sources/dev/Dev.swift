import ArgumentParser

/// The repository's own tools.
@main
struct Dev: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dev", abstract: "The repository's own tools.",
    subcommands: [
      BenchCommand.self, ChatStormCommand.self, DocsCommand.self, FuzzCommand.self, Oracle.self,
    ])
}
