import Foundation
import Testing

/// The documents that a reader expects are there, and lead somewhere.
@Suite struct DocumentTests {
  static let documents =
    Checkout.files(below: "docs", ending: ["md"])
    + [Checkout.File(path: "README.md", lines: Checkout.lines(of: "README.md"))]

  @Test(arguments: [
    "README.md", "LICENSE", "docs/ARCHITECTURE.md", "docs/SEMANTICS.md", "docs/SCENARIOS.md",
    "docs/EVENT_FORMAT.md", "docs/TESTING.md", "docs/CONTRIBUTING.md", "docs/KEYS.md",
    "docs/PERFORMANCE.md", "docs/EXPORTS.md", "docs/RECORDINGS.md", "docs/TIME_TRAVEL.md",
    "docs/SIMULATE.md",
    "docs/DISTRIBUTION.md", "docs/LAB.md", "docs/CHAT.md",
    "docs/APPLICATIONS.md", "docs/RELEASES.md",
  ])
  func `a promised document exists`(path: String) {
    #expect(!Checkout.lines(of: path).isEmpty)
  }

  @Test func `a document begins with its title`() {
    for document in Self.documents {
      #expect(document.lines.first?.hasPrefix("# ") == true, "\(document.path)")
    }
  }

  @Test func `links inside the repository lead to files`() throws {
    let link = try Regex(#"\]\(([^)#:]+)(#[^)]*)?\)"#)
    for document in Self.documents {
      let folder = Checkout.root.appendingPathComponent(document.path).deletingLastPathComponent()
      for (number, line) in document.lines.enumerated() {
        for match in line.matches(of: link) {
          guard let target = match.output[1].substring else { continue }
          let path = folder.appendingPathComponent(String(target)).path
          #expect(
            FileManager.default.fileExists(atPath: path),
            "\(document.path):\(number + 1): nothing at \(target)")
        }
      }
    }
  }
}
