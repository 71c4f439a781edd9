import BubbleEvents
import BubbleKernel

/// The process that starts what is tried, sends to it, and writes down what it hears.
struct BehaviourWitness: ProcessBody {
  /// Something to do in a turn.
  struct Order: Sendable {
    var deed: @Sendable (inout BehaviourWitness, inout ProcessContext) -> Void
  }

  /// A line that is told after the others, since nothing is promised about its place.
  struct Heard: Sendable {
    var text: String
  }

  var lines: [String] = []
  var heard: [String] = []
  var subject: PID?
  /// Calls under way, by what was asked.
  var calls: [Reference: String] = [:]

  var behaviour: String { "witness" }

  mutating func start(_ context: inout ProcessContext) throws {
    context.trapsExits = true
  }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .plain(let order as Order): order.deed(&self, &context)
    case .plain(let line as String): lines.append(line)
    case .plain(let line as Heard): heard.append(line.text)
    case .reply(let mark, let value):
      lines.append("reply \(calls[mark] ?? "nothing") \(value)")
    case .exit(_, let reason):
      lines.append("exit \(BehaviourText.reason(reason.term))")
      subject = nil
    case .started(_, .error(let reason)):
      lines.append("start \(BehaviourText.reason(reason))")
      subject = nil
    case .started(_, .ignore):
      lines.append("start ignore")
      subject = nil
    case .plain, .call, .cast, .down, .timer, .started, .system, .control: break
    }
  }

  func describeState() -> [ProcessInspection.Field] {
    lines.map { .init(name: "line", value: $0) } + heard.map { .init(name: "heard", value: $0) }
      + (subject.map { [.init(name: "subject", value: $0.description)] } ?? [])
  }
}
