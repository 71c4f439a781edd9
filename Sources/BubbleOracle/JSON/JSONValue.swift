import BubbleText

/// A value of JSON that keeps the order of its keys when it is written, and ignores it when
/// compared.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  // MARK: - Parts

  /// The member of that name; setting nil takes it away.
  ///
  /// Other values than objects have none, and setting one of theirs does nothing.
  package subscript(key: String) -> JSONValue? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.first { $0.key == key }?.value
    }
    set {
      guard case .object(var members) = self else { return }
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((key, value))
      case (nil, nil): return
      }
      self = .object(members)
    }
  }

  package var string: String? {
    if case .string(let value) = self { value } else { nil }
  }
  package var integer: Int? {
    if case .integer(let value) = self { value } else { nil }
  }
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
  package var array: [JSONValue]? {
    if case .array(let value) = self { value } else { nil }
  }

  // MARK: - Text

  /// The value as JSON in one line.
  package var encoded: String {
    switch self {
    case .null: "null"
    case .bool(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .string(let value): quotedForJSON(value)
    case .array(let values): "[" + values.map(\.encoded).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.map { quotedForJSON($0.key) + ":" + $0.value.encoded }
        .joined(separator: ",") + "}"
    }
  }
}

extension JSONValue: Equatable {
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)):
      left.count == right.count
        && left.allSatisfy { member in
          right.contains { $0.key == member.key && $0.value == member.value }
        }
    default: false
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }
}
