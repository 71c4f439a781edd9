/// Which folders of a target use types of which others.
///
/// An arrow leads from the folder of a file to the folder that declares a type which the file
/// names. Only types at the top level of a file count, as they have one name in the whole target.
struct FolderArrows {
  /// One arrow, with a type it is there for.
  struct Arrow: Hashable {
    var from: String
    var to: String
  }

  /// The types each arrow is there for.
  private(set) var reasons: [Arrow: Set<String>] = [:]

  /// The arrows between the folders in `files`, which all are below `path`.
  init(_ files: [Checkout.File], below path: String) {
    let sources = files.map { file in
      (folder: Self.folder(of: file.path, below: path), code: SourceCode(file.lines))
    }
    var homes: [String: String] = [:]
    for source in sources {
      for type in source.code.lines.compactMap(Self.declaredType) where homes[type] == nil {
        homes[type] = source.folder
      }
    }
    for source in sources {
      for word in source.code.capitalisedWords {
        guard let home = homes[word], home != source.folder else { continue }
        reasons[Arrow(from: source.folder, to: home), default: []].insert(word)
      }
    }
  }

  /// The pairs of folders that need each other, each once, as sentences.
  var mutualPairs: [String] {
    reasons.keys
      .filter { $0.from < $0.to && reasons[Arrow(from: $0.to, to: $0.from)] != nil }
      .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
      .map { arrow in
        "\(arrow.from) uses \(arrow.to) (\(words(arrow))) and "
          + "is used by it (\(words(Arrow(from: arrow.to, to: arrow.from))))"
      }
  }

  private func words(_ arrow: Arrow) -> String {
    reasons[arrow, default: []].sorted().joined(separator: ", ")
  }

  /// The first two folders between the target's and the file; `.` is the target's own.
  private static func folder(of file: String, below path: String) -> String {
    let folders = file.dropFirst(path.count + 1).split(separator: "/").dropLast().prefix(2)
    return folders.isEmpty ? "." : folders.joined(separator: "/")
  }

  /// The type that `line` declares at the top level for the whole target.
  private static func declaredType(_ line: String) -> String? {
    guard line.first?.isWhitespace == false else { return nil }
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
    let modifiers: Set<Substring> = ["public", "package", "internal", "final", "indirect"]
    var words = line.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") }
    while let word = words.first, word.hasPrefix("@") || modifiers.contains(word) {
      words.removeFirst()
    }
    guard words.count > 1, kinds.contains(words[0]) else { return nil }
    return String(words[1])
  }
}
