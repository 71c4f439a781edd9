package import ArgumentParser

/// The files that a console writes while it runs.
package struct FileOptions: ParsableArguments {
  @Option(
    help: "Record the screen to this new file, for asciinema.", completion: .file())
  package var cast: String?

  @Option(help: "Record the run to this new file, for bubbles replay.", completion: .file())
  package var record: String?

  package init() {}
}
