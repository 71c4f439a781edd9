import ArgumentParser
import BubbleCells
import BubbleText

/// What happens when no subcommand is named.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the default demo.", shouldDisplay: false)

  /// The names of the other subcommands, for those who mistype one.
  static let siblings = ["demo", "run", "trace", "frame", "cast", "replay", "simulate", "help"]

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
    if let near = nearestWord(to: word, in: siblings) {
      return .usage("\(said); did you mean \(near)?")
    }
    return .usage("\(said); bubbles --help lists them")
  }
}
