/// The first difference between an expected and an actual trace, in words.
package struct TraceDifference {
  var expected: [JSONValue]
  var actual: [JSONValue]

  package init(expected: [JSONValue], actual: [JSONValue]) {
    self.expected = expected
    self.actual = actual
  }

  /// Nil when the traces are equal: parsed values, every field.
  package var report: String? { firstRecords.map(describe) }

  /// The first field of a record that differs, such as `events`; nil when the traces are equal.
  package var field: String? {
    firstRecords.flatMap { left, right in
      Self.isLine(left, right) ? "line" : Self.fields.first { left[$0] != right[$0] }
    }
  }

  private static let fields = [
    "scenario", "result", "events", "orphans", "crashes", "async", "tree", "alive",
    "state",
  ]

  /// The first two records that differ.
  private var firstRecords: (JSONValue, JSONValue)? {
    for index in 0..<max(expected.count, actual.count) {
      let left = index < expected.count ? expected[index] : .null
      let right = index < actual.count ? actual[index] : .null
      if left != right { return (left, right) }
    }
    return nil
  }

  /// Whether the traces are lines of text, as those of state machines and event managers are.
  private static func isLine(_ left: JSONValue, _ right: JSONValue) -> Bool {
    left.string != nil || right.string != nil
  }

  private func describe(_ left: JSONValue, _ right: JSONValue) -> String {
    if Self.isLine(left, right) { return shown("line", left, right).joined(separator: "\n") }
    let record = "\((left["n"] ?? right["n"] ?? .null).encoded)"
    let action = (left["op"] ?? right["op"])?.string ?? "header"
    var lines = ["  record \(record), \(action)"]
    for key in Self.fields where left[key] != right[key] {
      lines += describe(key, left[key], right[key])
    }
    return lines.joined(separator: "\n")
  }

  private func describe(_ key: String, _ left: JSONValue?, _ right: JSONValue?) -> [String] {
    guard let old = left?.array, let new = right?.array else {
      return shown(key, left, right)
    }
    for index in 0..<max(old.count, new.count) {
      let left = index < old.count ? old[index] : nil
      let right = index < new.count ? new[index] : nil
      if left != right { return shown("\(key)[\(index)]", left, right) }
    }
    return []
  }

  private func shown(_ key: String, _ left: JSONValue?, _ right: JSONValue?) -> [String] {
    [
      "  \(key)", "    expected \(left?.encoded ?? "nothing")",
      "    actual   \(right?.encoded ?? "nothing")",
    ]
  }
}
