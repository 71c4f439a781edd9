import BubbleEvents
import BubbleKernel

extension ScenarioBuilder {
  /// The first children of a dynamic supervisor, which it asks itself for.
  ///
  /// Only its first start does: OTP forgets dynamic children, so it comes back empty from a
  /// restart. Each child's start asks for the next one, so that never more than one request waits:
  /// a mailbox of thousands would be searched for each child's acknowledgement.
  struct Filling: Sendable {
    var count: Int
    /// Counts the children started so far.
    var counter: String

    /// Runs in the supervisor's init.
    func begin(_ context: inout ProcessContext) {
      if context.counted(counter) == 0 { request(1, &context) }
    }

    /// The template's start function with the request for the next child before it.
    ///
    /// A restarted child has its old number, so it does not ask again.
    func continuing(_ start: ProcessStart) -> ProcessStart {
      ProcessStart { [self] context, arguments in
        let next = context.counted(counter) + 1
        if arguments.first == .integer(next) {
          _ = context.count(counter)
          request(next + 1, &context)
        }
        return try start.run(&context, [])
      }
    }

    /// The start function of the first children's number `number`, likewise.
    func continuing(_ start: ProcessStart, number: Int) -> ProcessStart {
      let counting = continuing(start)
      return ProcessStart { context, _ in try counting.run(&context, [.integer(number)]) }
    }

    private func request(_ number: Int, _ context: inout ProcessContext) {
      guard number <= count else { return }
      let request = ControlRequest.supervisor(context.pid, .startChild([.integer(number)]))
      context.deliver(.control(request), to: context.pid)
    }
  }
}
