import Testing

/// The arrows between targets, as the table of docs/ARCHITECTURE.md draws them.
///
/// SwiftPM lets a transitive dependency be imported without being declared, so the table is held
/// here.
@Suite struct ImportTests {
  /// What comes with Swift and the operating system.
  static let system: Set<String> = [
    "Dispatch", "Foundation", "Glibc", "Swift", "Synchronization", "Testing",
  ]
  /// Declared by targets that do not import it yet.
  static let announced: Set<String> = ["BubbleCopyOnWrite"]
  static let manifest = Manifest.checkedOut
  static let table = ArchitectureTable.checkedOut

  @Test func `every target has its row in the table, and every row its target`() {
    let targets = Set(Self.manifest.targets.filter { $0.kind != .test }.map(\.name))
    #expect(Self.table.allowances.keys.sorted() == targets.sorted())
  }

  @Test(arguments: manifest.targets.filter { $0.kind != .test })
  func `a target imports only what the architecture allows`(target: Manifest.Target) throws {
    let files = Self.manifest.files(of: target)
    try #require(target.name == "CNCurses" || !files.isEmpty, "nothing at \(target.path)")
    let allowance = try #require(Self.table.allowances[target.name])
    #expect(forbiddenImports(in: files, of: target.name, allowance) == [])
  }

  @Test(arguments: manifest.targets)
  func `a target declares what it imports, and nothing else`(target: Manifest.Target) {
    let files = Self.manifest.files(of: target)
    var imported = target
    imported.dependencies.subtract(
      Self.announced.subtracting(files.flatMap(\.lines).compactMap(importedModule)))
    // A test that starts a program depends on it without importing it.
    if target.kind == .test {
      imported.dependencies.subtract(
        Self.manifest.targets.filter { $0.kind == .program }.map(\.name))
    }
    #expect(undeclaredImports(in: files, of: imported, system: Self.system) == [])
  }

  // MARK: - The guards themselves

  @Test(arguments: [
    ("import Yams", "Yams"), ("public import BubbleEvents", "BubbleEvents"),
    ("package import BubbleTree", "BubbleTree"), ("internal import BubbleKernel", "BubbleKernel"),
    ("fileprivate import Yams", "Yams"), ("private import Yams", "Yams"),
    ("@testable import bubbles", "bubbles"), ("@testable internal import Yams", "Yams"),
    ("import struct Foundation.URL", "Foundation"), ("import var Glibc.errno", "Glibc"),
    ("// import Yams", nil), ("let important = 1", nil),
  ])
  func `an import line names its module`(line: String, module: String?) {
    #expect(importedModule(line) == module)
  }

  @Test func `an import that the table forbids is found, whatever its access`() {
    let table = ArchitectureTable([
      "| `BubbleEvents` | the wall | nothing |", "| `BubbleTree` | the fold | BubbleEvents, Yams |",
      "| `dev` | tools | anything |",
    ])
    let file = Checkout.File(
      path: "a.swift",
      lines: ["internal import BubbleEvents", "import Yams", "package import BubbleTree"])
    func found(_ target: String) -> [String]? {
      table.allowances[target].map { forbiddenImports(in: [file], of: target, $0) }
    }
    #expect(found("BubbleTree") == ["a.swift:3: BubbleTree must not import BubbleTree"])
    #expect(found("BubbleEvents")?.count == 3)
    #expect(found("dev") == [])
    #expect(found("BubbleKernel") == nil)
  }

  @Test func `a manifest gives its targets with their folders and dependencies`() throws {
    let manifest = Manifest(
      """
      let parser: Target.Dependency =
        .product(name: "ArgumentParser", package: "swift-argument-parser")
      .target(name: "A", swiftSettings: settings),
      .executableTarget(
        name: "b", dependencies: [parser, "A", .product(name: "NIOCore", package: "swift-nio")],
        path: "Demos/B"),
      .testTarget(name: "ATests", dependencies: ["A"]),
      """)
    #expect(
      manifest.targets == [
        .init(name: "A", path: "Sources/A", kind: .library, dependencies: []),
        .init(
          name: "b", path: "Demos/B", kind: .program,
          dependencies: ["A", "ArgumentParser", "NIOCore"]),
        .init(name: "ATests", path: "Tests/ATests", kind: .test, dependencies: ["A"]),
      ])
  }

  @Test func `an import without its declaration is found, and one declared in vain`() {
    let target = Manifest.Target(
      name: "A", path: "Sources/A", kind: .library, dependencies: ["B", "C"])
    let file = Checkout.File(path: "a.swift", lines: ["import B", "import D", "import Swift"])
    #expect(
      undeclaredImports(in: [file], of: target, system: ["Swift"]) == [
        "A imports D and does not declare it", "A declares C and does not import it",
      ])
  }
}
