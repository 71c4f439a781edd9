package import BubbleCells
import Foundation
package import Testing

/// Compares a grid with the picture that is kept beside the test.
///
/// `UPDATE_SNAPSHOTS=1 swift test` writes the pictures anew; look at the difference before it is
/// committed. The actual picture is attached to the issue that a mismatch records.
package func expectSnapshot(
  of grid: CellGrid, named name: String, filePath: StaticString = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: "\(filePath)").deletingLastPathComponent()
    .appendingPathComponent("__Snapshots__")
  let file = folder.appendingPathComponent("\(name).grid")
  let actual = grid.snapshot()
  if let update = ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"], update == "1" {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(actual.utf8).write(to: file)
    } catch {
      Issue.record("\(file.path) cannot be written: \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let data = FileManager.default.contents(atPath: file.path) else {
    Issue.record(
      "there is no snapshot \(name); \(howToUpdate)\n\(actual)", sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: data, as: UTF8.self)
  guard let report = snapshotDifference(expected: expected, actual: actual) else { return }
  Attachment.record(actual, named: "\(name).actual.grid", sourceLocation: sourceLocation)
  Issue.record(
    "the picture differs from the snapshot \(name); \(howToUpdate)\n\(report)",
    sourceLocation: sourceLocation)
}

private let howToUpdate = "UPDATE_SNAPSHOTS=1 swift test writes it anew"

/// The rows that differ, each as it was expected and as it is; nil when nothing does.
package func snapshotDifference(expected: String, actual: String) -> String? {
  if expected == actual { return nil }
  let before = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let after = actual.split(separator: "\n", omittingEmptySubsequences: false)
  var report: [String] = []
  for row in 0..<max(before.count, after.count) {
    let old = row < before.count ? before[row] : nil
    let new = row < after.count ? after[row] : nil
    guard old != new else { continue }
    report.append("row \(row)")
    if let old { report.append("  expected \(old)") }
    if let new { report.append("  actual   \(new)") }
  }
  return report.joined(separator: "\n")
}
