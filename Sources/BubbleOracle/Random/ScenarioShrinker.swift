/// Makes a scenario smaller while it still shows what it shows.
package struct ScenarioShrinker {
  /// Members of objects that a scenario can do without.
  private static let optional: Set<String> = [
    "restart", "shutdown", "type", "significant", "modules", "trap", "on_exit_msg", "init",
    "terminate", "auto_shutdown", "intensity", "flags_raw", "children", "nowait",
  ]
  /// Lists whose elements can be left out.
  private static let lists: Set<String> = ["actions", "children", "init", "exits", "specs"]

  /// Every scenario that is smaller by one cut: halves of lists first, then quarters, down to
  /// single elements and members.
  package static func smaller(than scenario: JSONValue) -> [JSONValue] {
    cuts(of: scenario, isList: false)
      .sorted { $0.size < $1.size }.map(\.value)
  }

  /// Cuts as long as one of the smaller scenarios `stillShows` what is looked for; it is given many
  /// at once and says which.
  ///
  /// Ends after `rounds` cuts at the latest.
  package static func shrink(
    _ scenario: JSONValue, rounds: Int = 400, atOnce: Int = 60,
    stillShows: ([JSONValue]) throws -> Int?
  ) rethrows -> JSONValue {
    var smallest = scenario
    for _ in 0..<rounds {
      let candidates = smaller(than: smallest)
      var found: JSONValue?
      for start in stride(from: 0, to: candidates.count, by: atOnce) {
        let batch = Array(candidates[start..<min(start + atOnce, candidates.count)])
        guard let index = try stillShows(batch) else { continue }
        found = batch[index]
        break
      }
      guard let found else { return smallest }
      smallest = found
    }
    return smallest
  }

  // MARK: - Cuts

  private struct Cut {
    var value: JSONValue
    var size: Int
  }

  private static func cuts(of value: JSONValue, isList: Bool) -> [Cut] {
    switch value {
    case .object(let members): members.indices.flatMap { cuts(of: members, at: $0) }
    case .array(let elements): (isList ? shorter(elements) : []) + inner(elements, isList: isList)
    case .null, .bool, .integer, .number, .string: []
    }
  }

  private static func cuts(of members: [(key: String, value: JSONValue)], at index: Int) -> [Cut] {
    let (key, value) = members[index]
    var cuts = cuts(of: value, isList: lists.contains(key)).map { cut in
      var members = members
      members[index].value = cut.value
      return Cut(value: .object(members), size: cut.size + size(of: members, except: index))
    }
    if optional.contains(key) {
      var members = members
      members.remove(at: index)
      cuts.append(Cut(value: .object(members), size: size(of: members, except: nil)))
    }
    return cuts
  }

  private static func inner(_ elements: [JSONValue], isList: Bool) -> [Cut] {
    elements.indices.flatMap { index in
      cuts(of: elements[index], isList: false).map { cut in
        var elements = elements
        elements[index] = cut.value
        return Cut(value: .array(elements), size: JSONValue.array(elements).encoded.utf8.count)
      }
    }
  }

  /// The list without one of its halves, quarters and so on.
  private static func shorter(_ elements: [JSONValue]) -> [Cut] {
    var cuts: [Cut] = []
    var length = elements.count
    while length > 0 {
      for start in stride(from: 0, to: elements.count, by: length) {
        var rest = elements
        rest.removeSubrange(start..<min(start + length, elements.count))
        cuts.append(Cut(value: .array(rest), size: JSONValue.array(rest).encoded.utf8.count))
      }
      length /= 2
    }
    return cuts
  }

  private static func size(
    of members: [(key: String, value: JSONValue)], except index: Int?
  ) -> Int {
    members.indices.filter { $0 != index }
      .reduce(0) { $0 + members[$1].key.utf8.count + members[$1].value.encoded.utf8.count }
  }
}
