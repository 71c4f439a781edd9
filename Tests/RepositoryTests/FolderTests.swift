import Testing

/// The arrows between the folders of a target, which lead one way only.
@Suite struct FolderTests {
  static let targets = Manifest.checkedOut.targets.filter { $0.kind != .test }

  private static func mutualPairs(in target: Manifest.Target) -> [String] {
    FolderArrows(Manifest.checkedOut.files(of: target), below: target.path).mutualPairs
  }

  @Test(arguments: targets)
  func `no two folders of a target need each other`(target: Manifest.Target) {
    #expect(Self.mutualPairs(in: target) == [])
  }

  // MARK: - The guard itself

  /// A planted target: each file holds one line.
  private func pairs(_ files: [String: String]) -> [String] {
    let files = files.sorted { $0.key < $1.key }.map { path, line in
      Checkout.File(path: "Sources/A/" + path, lines: [line])
    }
    return FolderArrows(files, below: "Sources/A").mutualPairs
  }

  @Test func `two folders that need each other are found`() {
    #expect(
      pairs([
        "Up/Top.swift": "public struct Top { var bottom: Bottom }",
        "Down/Bottom.swift": "@frozen public indirect enum Bottom { case under(Top) }",
        "Side.swift": "struct Side { var top: Top }",
      ]) == ["Down uses Up (Top) and is used by it (Bottom)"])
  }

  @Test func `the target's own folder is a folder too`() {
    #expect(
      pairs([
        "Top.swift": "struct Top { var bottom: Bottom }",
        "In/Bottom.swift": "struct Bottom { var top: Top }",
      ]) == [". uses In (Bottom) and is used by it (Top)"])
  }

  @Test func `a folder below a folder is one of its own`() {
    #expect(
      pairs([
        "In/Top.swift": "struct Top { var bottom: Bottom }",
        "In/Deep/Bottom.swift": "struct Bottom { var top: Top }",
      ]) == ["In uses In/Deep (Bottom) and is used by it (Top)"])
  }

  @Test(arguments: [
    "private struct Bottom { var top: Top }", "struct Bottom {} // not Top",
    "struct Bottom { var text = \"Top\" }", "struct Bottom { var text = \"a \\(\"Top\") \" }",
    "struct Bottom { var aTop: Topmost }", "struct Bottom {} /* Top /* Top */ Top */",
    "struct Bottom { var text = #\"\"Top\"# }",
  ])
  func `what is private, commented, quoted or named alike is not an arrow`(bottom: String) {
    #expect(
      pairs(["Up/Top.swift": "struct Top { var bottom: Bottom }", "Down/Bottom.swift": bottom])
        == [])
  }
}
