/// A form in which what is shown can leave the program.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
  /// The screen as plain text.
  case text
  /// The screen as a picture.
  case svg
  /// The tree as a Mermaid flowchart.
  case mermaid
  /// The tree as a Graphviz graph.
  case dot

  /// The ending of its files, without the dot.
  package var ending: String {
    switch self {
    case .text: "txt"
    case .svg: "svg"
    case .mermaid: "mmd"
    case .dot: "dot"
    }
  }

  /// The format that the ending of `fileName` says, in small letters or capitals.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    let ending = fileName[fileName.index(after: dot)...].lowercased()
    guard let format = Self.allCases.first(where: { $0.ending == ending }) else { return nil }
    self = format
  }
}
