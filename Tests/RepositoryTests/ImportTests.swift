import Foundation
import Testing

/// The arrows of docs/ARCHITECTURE.md.
///
/// SwiftPM lets a transitive dependency be imported without being declared, so the table is held
/// here.
@Suite struct ImportTests {
  static let standardLibrary: Set<String> = ["Swift"]

  /// What each target may import besides the standard library.
  static let allowed: [String: Set<String>] = [
    "BubbleCopyOnWrite": [],
    "BubbleEvents": [],
    "BubbleReleaseFiles": ["BubbleEvents"],
    "BubbleKernel": ["BubbleEvents", "DequeModule", "HeapModule"],
    "BubbleSimulation": ["BubbleEvents", "BubbleKernel"],
    "BubbleRealTime": ["BubbleEvents", "BubbleKernel", "Dispatch", "Synchronization"],
    "BubbleNet": [
      "BubbleEvents", "BubbleKernel", "BubbleOTP", "BubbleRealTime", "Dispatch", "Glibc", "NIOCore",
      "NIOPosix",
      "Synchronization",
    ],
    "BubbleOTP": ["BubbleEvents", "BubbleKernel", "BubbleReleaseFiles"],
    "BubbleScenarios": [
      "BubbleCopyOnWrite", "BubbleEvents", "BubbleKernel", "BubbleOTP", "BubbleReleaseFiles",
      "BubbleSimulation", "Foundation", "Yams",
    ],
    "BubbleLogging": ["BubbleEvents", "Logging"],
    "BubbleOracle": [
      "BubbleEvents", "BubbleKernel", "BubbleOTP", "BubbleReleaseFiles", "BubbleSimulation",
      "Foundation", "Synchronization",
    ],
    "BubbleTree": ["BubbleEvents"],
    "BubbleCells": [],
    "BubbleConsole": ["BubbleCells", "BubbleCopyOnWrite", "BubbleEvents", "BubbleTree"],
    "BubbleTerminal": ["BubbleCells", "CNCurses"],
    "BubbleSession": [
      "BubbleCells", "BubbleConsole", "BubbleCopyOnWrite", "BubbleEvents", "BubbleKernel",
      "BubbleRealTime", "BubbleSimulation", "BubbleTerminal", "BubbleTree",
    ],
    "BubbleCommands": [
      "ArgumentParser", "BubbleCells", "BubbleConsole", "BubbleCopyOnWrite", "BubbleDemos",
      "BubbleEvents", "BubbleScenarios", "BubbleSession", "BubbleSimulation", "BubbleTerminal",
      "BubbleTree", "Dispatch", "Foundation",
    ],
  ]

  @Test(arguments: allowed.keys.sorted())
  func `a target imports only what the architecture allows`(target: String) {
    let allowed = Self.allowed[target, default: []].union(Self.standardLibrary)
    for file in Checkout.files(below: "Sources/\(target)", ending: ["swift"]) {
      for (number, line) in file.lines.enumerated() {
        guard let module = importedModule(line), !allowed.contains(module) else { continue }
        Issue.record("\(file.path):\(number + 1): \(target) must not import \(module)")
      }
    }
  }

  /// A module that is not declared may not be built yet, as in a clean clone it is not.
  @Test func `a target of tests declares what it imports`() throws {
    let text = Checkout.lines(of: "Package.swift").joined(separator: "\n")
    for declaration in text.components(separatedBy: ".testTarget(").dropFirst() {
      let names = declaration.components(separatedBy: "swiftSettings")[0]
        .components(separatedBy: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
      let target = try #require(names.first)
      for file in Checkout.files(below: "Tests/\(target)", ending: ["swift"]) {
        for line in file.lines {
          guard let module = importedModule(line), module.hasPrefix("Bubble"),
            !names.contains(module)
          else { continue }
          Issue.record("\(file.path): \(target) does not declare \(module)")
        }
      }
    }
  }

  @Test func `every library target has its row in the table`() {
    let programs: Set<String> = ["bubbles", "bubbles-live", "dev", "CNCurses"]
    let targets = Set(
      Checkout.files(below: "Sources", ending: ["swift"])
        .map { String($0.path.split(separator: "/")[1]) })
    #expect(targets.subtracting(programs).sorted() == Self.allowed.keys.sorted())
  }

  @Test(arguments: [
    ("import Yams", "Yams"), ("public import BubbleEvents", "BubbleEvents"),
    ("package import BubbleTree", "BubbleTree"), ("import struct Foundation.URL", "Foundation"),
    ("// import Yams", nil), ("let important = 1", nil),
  ])
  func `an import line names its module`(line: String, module: String?) {
    #expect(importedModule(line) == module)
  }
}

/// The module that `line` imports, if it is an import.
private func importedModule(_ line: String) -> String? {
  var words = line.split(separator: " ")
  while let word = words.first, word.hasPrefix("@") || ["public", "package"].contains(word) {
    words.removeFirst()
  }
  guard words.first == "import", words.count > 1 else { return nil }
  let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "typealias", "let"]
  let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
  return name.split(separator: ".").first.map(String.init)
}
