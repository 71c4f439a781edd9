import ArgumentParser
import BubbleCells
import BubbleText

/// What happens when no subcommand is named.
struct OpenCommand<Live: LiveDemos>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "open", abstract: "Open the default demo.", shouldDisplay: false)
  }

  @OptionGroup var options: StageOptions
  @OptionGroup var files: FileOptions
  @Argument(help: .hidden) var words: [String] = []

  func run() throws {
    if let word = words.first { try complaining { throw Self.objection(to: word) } }
    try Stage.open(options, writing: files) { try .demo(named: "shop") }
  }

  /// What is said of a first word that is not a subcommand.
  private static func objection(to word: String) -> Complaint {
    let said = "there is no command “\(sanitised(word))”"
    if Source.demoNames.contains(word) {
      return .usage("\(said); did you mean bubbles demo \(sanitised(word))?")
    }
    if FilePath(argument: word).exists {
      return .usage("\(said); did you mean bubbles run \(sanitised(word))?")
    }
    let names = Bubbles<Live>.configuration.subcommands.compactMap { command in
      command.configuration.shouldDisplay ? command.configuration.commandName : nil
    }
    if let near = nearestWord(to: word, in: names + ["help"]) {
      return .usage("\(said); did you mean \(near)?")
    }
    return .usage("\(said); bubbles --help lists them")
  }
}
