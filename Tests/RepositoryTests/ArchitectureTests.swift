import Foundation
import Testing

/// What docs/ARCHITECTURE.md tells of folders and files is so.
@Suite struct ArchitectureTests {
  static let lines = Checkout.lines(of: "docs/ARCHITECTURE.md")

  static let lives = ["a kill", "a YAML file", "an event", "an undo", "a line from a socket"]

  /// The items of the section `title`, each with the lines that it goes on in.
  private static func items(of title: String, in lines: [String] = lines) -> [String] {
    let section = lines.drop { $0 != "## " + title }.dropFirst().prefix { !$0.hasPrefix("## ") }
    return section.reduce(into: []) { items, line in
      if line.contains(/^(- |[0-9]+\. )/) {
        items.append(line)
      } else if line.hasPrefix("  "), !items.isEmpty {
        items[items.count - 1] += line
      }
    }
  }

  /// The files that a text names.
  private static func files(in text: String) -> [String] {
    text.matches(of: /`([\w+.\/-]+\.(swift|c))`/).map { String($0.output.1) }
  }

  /// The names behind the files that a text names, each with its file.
  private static func names(in text: String) -> [(file: String, name: String)] {
    text.matches(of: /`([\w+.\/-]+\.swift)`\s+\(`(\w+)`\)/)
      .map { (String($0.output.1), String($0.output.2)) }
  }

  private static func has(_ path: String, _ name: String) -> Bool {
    Checkout.text(of: "Sources/" + path)
      .matches(of: /\w+/).contains { $0.output == name }
  }

  private static func isThere(_ path: String) -> Bool {
    ["", "Sources/"].contains { folder in
      FileManager.default.fileExists(
        atPath: Checkout.root.appendingPathComponent(folder + path).path)
    }
  }

  @Test(arguments: lives)
  func `each hop of a life names its file, which is there`(life: String) {
    let hops = Self.items(of: "The life of " + life)
    #expect(!hops.isEmpty)
    for hop in hops {
      let files = Self.files(in: hop)
      #expect(!files.isEmpty, "\(hop)")
      for file in files { #expect(Self.isThere(file), "nothing at \(file)") }
      for (file, name) in Self.names(in: hop) {
        #expect(Self.has(file, name), "nothing is called \(name) in \(file)")
      }
    }
  }

  @Test func `all folders of all targets are told`() {
    let told = Self.items(of: "The folders")
    for (target, folders) in Self.folders.sorted(by: { $0.key < $1.key }) {
      let item = told.first { $0.hasPrefix("- `\(target)`:") } ?? ""
      for folder in folders.sorted() {
        #expect(item.contains("`\(folder)`"), "\(target) has the folder \(folder)")
      }
    }
  }

  @Test func `no folder is told that is not there`() {
    for item in Self.items(of: "The folders") {
      let names = item.matches(of: /`([\w\/-]+)`/).map { String($0.output.1) }
      let known = names.first.flatMap { Self.folders[$0] } ?? []
      for name in names.dropFirst() {
        #expect(known.contains(name), "\(names[0]) has no folder \(name)")
      }
    }
  }

  /// The folders that have files in them, by what lies below `Sources`; and those of `Demos`.
  private static let folders: [String: Set<String>] = {
    var folders: [String: Set<String>] = [:]
    let files =
      Checkout.files(below: "Sources", ending: ["swift", "h"]).map { $0.path.dropFirst(8) }
      + Checkout.files(below: "Demos", ending: ["swift"]).map { $0.path[...] }
    for file in files {
      let parts = file.split(separator: "/").dropLast()
      guard let target = parts.first else { continue }
      for count in 1..<max(parts.count, 1) {
        folders[String(target), default: []]
          .insert(parts.dropFirst().prefix(count).joined(separator: "/"))
      }
    }
    return folders
  }()

  // MARK: - The guard itself

  @Test func `a file that is not there, and a hop without one, are found`() {
    let lines = ["## The life of a kill", "1. A key: `A/b.swift`,", "   `C/d.c`.", "2. The end."]
    let hops = Self.items(of: "The life of a kill", in: lines)
    #expect(hops.map(Self.files) == [["A/b.swift", "C/d.c"], []])
    #expect(!Self.isThere("A/b.swift"))
    let named = Self.names(in: "In `BubbleEvents/Facts/Event.swift`  (`Event`), `A/b.swift` (`c`).")
    #expect(named.map(\.name) == ["Event", "c"])
    #expect(named.map { Self.has($0.file, $0.name) } == [true, false])
    #expect(Self.isThere("BubbleEvents/Facts/Event.swift"))
  }
}
