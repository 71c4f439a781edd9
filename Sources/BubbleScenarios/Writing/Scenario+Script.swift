package import BubbleScripts

extension Scenario {
  /// The text of this scenario's file with another script in the place of its own.
  ///
  /// - Parameters:
  ///   - yaml: The file.
  ///   - script: The script.
  /// - Returns: The file with everything else as it was, comments included; each line ends as on
  ///   Unix.
  package func text(_ yaml: String, withScript script: SavedScript) -> String {
    var kept: [Substring] = []
    var isInScript = false
    let breaks: Set<Character> = ["\n", "\r\n", "\r"]
    for line in yaml.split(omittingEmptySubsequences: false, whereSeparator: breaks.contains) {
      let isKey = line.first.map { !$0.isWhitespace && $0 != "#" && $0 != "-" } ?? false
      if isKey { isInScript = line.hasPrefix("\(FileKey.script.rawValue):") }
      if !isInScript { kept.append(line) }
    }
    while kept.last.map({ $0.allSatisfy(\.isWhitespace) }) == true { kept.removeLast() }
    return kept.joined(separator: "\n") + "\n\n" + ScriptWriter(root).text(of: script)
  }
}
