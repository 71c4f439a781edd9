import Foundation

/// The table of targets in docs/ARCHITECTURE.md, which says what each may import.
struct ArchitectureTable {
  /// What a target may import besides the standard library.
  enum Allowance: Hashable {
    /// What the manifest declares for it, and the system.
    case anything
    case only(Set<String>)
  }

  /// By the name of the target.
  var allowances: [String: Allowance] = [:]

  /// The table of this checkout.
  static let checkedOut = ArchitectureTable(Checkout.lines(of: "docs/ARCHITECTURE.md"))

  /// Reads the rows that begin with the name of a target in backticks.
  ///
  /// The last column has modules between commas, or else `nothing` or `anything`.
  init(_ lines: [String]) {
    for line in lines {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3, let name = cells[0].wholeMatch(of: /`([\w-]+)`/)?.output.1 else {
        continue
      }
      allowances[String(name)] = Self.allowance(cells[2])
    }
  }

  private static func allowance(_ cell: String) -> Allowance {
    switch cell {
    case "anything": return .anything
    case "nothing": return .only([])
    default:
      let names = cell.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      return .only(Set(names))
    }
  }
}
