import Foundation
import Testing

/// Values of kilobytes make every copy, and the build, slow: what is large lives in a box.
@Suite struct ValueSizeTests {
  private static let program = Checkout.root.appendingPathComponent(".build/debug/bubbles").path

  /// The largest value outside of a box, in bytes.
  private static let limit = 512

  /// Those that may be larger, and why.
  private static let exceptions = [
    // In a box wherever it is held.
    "BubbleConsole4ToldV", "16SimulatedMachineV",
    // Made once from the command line, of option groups that cannot be boxed.
    "DemoCommandV", "5StageV",
  ]

  @Test(.enabled(if: FileManager.default.fileExists(atPath: program), "bubbles is not built"))
  func `no value is larger than 512 bytes`() throws {
    let sizes = try #require(try ValueSizes(ofProgramAt: Self.program), "not a program for Linux")
    let entries = sizes.entries(ofModulesNamed: "Bubble")
    #expect(entries.count > 500, "the program's types are found")
    let large = entries.filter { entry in
      entry.size > Self.limit && !Self.exceptions.contains { entry.name.contains($0) }
    }
    #expect(large == [], "put the large parts into a box (BubbleCopyOnWrite)")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: program), "bubbles is not built"))
  func `sizes are read as they are`() throws {
    let sizes = try #require(try ValueSizes(ofProgramAt: Self.program), "not a program for Linux")
    let entries = sizes.entries(ofModulesNamed: "BubbleEvents")
    #expect(entries.first { $0.name == "$s12BubbleEvents3PIDVWV" }?.size == 8)
    #expect(entries.first { $0.name == "$s12BubbleEvents16RestartIntensityVWV" }?.size == 16)
  }
}
