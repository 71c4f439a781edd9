import Foundation
import Testing

/// The files of this checkout, as the repository's own rules see them.
enum Checkout {
  /// One file: its path from the top of the checkout, and its lines.
  struct File: CustomTestStringConvertible {
    var path: String
    var lines: [String]

    var testDescription: String { path }
  }

  /// The top of the checkout.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The files below `folder` with one of `endings`, in the order of their paths.
  static func files(below folder: String, ending endings: [String]) -> [File] {
    let base = root.appendingPathComponent(folder)
    guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    else { return [] }
    var paths: [String] = []
    for case let url as URL in walk where endings.contains(url.pathExtension) {
      let path = String(url.path.dropFirst(root.path.count + 1))
      if !path.hasPrefix(".") && !path.contains("/.") { paths.append(path) }
    }
    return paths.sorted().map { File(path: $0, lines: lines(of: $0)) }
  }

  /// The text of the file at `path`; empty when it cannot be read.
  static func text(of path: String) -> String {
    let data = FileManager.default.contents(atPath: root.appendingPathComponent(path).path)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// The lines of the file at `path`; none when it cannot be read.
  static func lines(of path: String) -> [String] {
    var lines = text(of: path).components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
