internal import BubbleEvents

/// Stands in the slot of a process that runs a turn, or has ended.
struct AbsentBody: ProcessBody {
  var behaviour: String { "" }
  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}
}
