import BubbleEvents
import BubbleKernel

extension ScenarioWorker {
  /// Takes another value for a part of its state, or another count of messages.
  ///
  /// What grows goes on from a number; what chance makes takes none, since the next message changes
  /// it anyway. A count that could not be counted on from is a bad argument.
  mutating func replaceState(_ field: String, with value: Term) throws {
    if field == "messages" {
      guard case .integer(let count) = value, Scenario.Limits.counts.contains(count) else {
        throw RaisedError.badArgument
      }
      for (name, known) in replaced {
        replaced[name] = (known.value, count - (messages - known.messages))
      }
      messages = count
      return
    }
    guard let part = plan.state.first(where: { $0.name == field }) else {
      throw RaisedError(.tuple(["no_such_field", .opaque(field)]))
    }
    if case .anyOf = part.value { throw RaisedError.badArgument }
    replaced[field] = (value, messages)
  }

  /// What a replaced part says now.
  func replacedValue(of field: Scenario.Worker.Field) -> String {
    guard let (value, then) = replaced[field.name] else { return "" }
    guard case .grows(let step) = field.value, case .integer(let start) = value else {
      return value.description
    }
    let growth = (messages - then).multipliedReportingOverflow(by: step).partialValue
    return String(start.addingReportingOverflow(growth).partialValue)
  }
}
