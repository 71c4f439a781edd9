import Foundation

/// The table that `dev bench` prints; also the form in which docs/PERFORMANCE.md holds it.
struct BenchTable {
  /// What a figure counts.
  enum Unit {
    case nanoseconds, bytes, perSecond
  }

  private var rows: [[String]] = []
  private let headings: [String]

  init(_ headings: String...) {
    self.init(headings)
  }

  init(_ headings: [String]) {
    self.headings = headings
  }

  mutating func add(_ cells: String...) { add(cells) }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// How many times better: `2.4x`.
  static func ratio(_ value: Double) -> String { String(format: "%.1fx", value) }

  /// `1.23 ms`, `410 B`, `2.1 M/s`.
  static func text(_ value: Double, _ unit: Unit) -> String {
    switch unit {
    case .nanoseconds:
      let units = [("ns", 1.0), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)]
      let chosen = units.last { value >= $0.1 } ?? units[0]
      return String(format: "%.3g %@", value / chosen.1, chosen.0)
    case .bytes: return String(format: "%.0f B", value)
    case .perSecond:
      return value >= 1e6
        ? String(format: "%.3g M/s", value / 1e6) : String(format: "%.0f /s", value)
    }
  }

  /// The table in Markdown, its columns aligned.
  var markdown: String {
    let all = [headings] + rows
    let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      "| "
        + zip(cells, widths)
        .map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: " | ") + " |"
    }
    let rule =
      "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|"
    return ([line(headings), rule] + rows.map(line)).joined(separator: "\n")
  }
}
