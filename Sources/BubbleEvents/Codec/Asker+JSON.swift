extension FieldSink {
  /// Writes who asked; somebody who is not named leaves no field.
  mutating func put(_ asker: Asker) throws {
    switch asker {
    case .key(let key): try put("key", named: key)
    case .command(let command): try put("command", named: command)
    case .script: try put("script", .origin)
    case .program(let name): try put("program", named: name)
    case .viewer(let name): try put("viewer", named: name)
    case .scenario: try put("scenario", .origin)
    case .chaos: try put("chaos", .origin)
    case .someone: break
    }
  }

  private mutating func put(_ origin: String, named name: String) throws {
    try put(origin, .origin)
    try put(name, .name)
  }
}

extension Fields {
  /// Reads who asked; in format 1 there are only the user, the scenario and chaos.
  func asker() throws -> Asker {
    guard contains(.origin) else { return .someone }
    let origin = try text(.origin)
    switch origin {
    case "key": return .key(try text(.name))
    case "command": return .command(try text(.name))
    case "script": return .script
    case "program": return .program(try text(.name))
    case "viewer": return .viewer(try text(.name))
    case "scenario": return .scenario
    case "chaos": return .chaos
    case "user": return .someone
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .origin, in: self, debugDescription: "nobody is called “\(origin)”")
    }
  }
}
