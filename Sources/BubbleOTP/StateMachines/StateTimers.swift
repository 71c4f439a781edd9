import BubbleEvents
import BubbleKernel

/// Marks the timer of a state machine's time-out, so that a late one is told from others.
struct StateTimerMark: Sendable, CustomStringConvertible {
  var timeout: StateTimeout

  var description: String { timeout.description }
}

/// The time-outs of a state machine that run, at most one of each kind and name.
struct StateTimers<Content: Sendable>: Sendable {
  struct Timer: Sendable {
    /// The kernel's timer; nil for one of no time, which stands in the queue.
    var mark: Reference?
    var end: RuntimeInstant
    var content: Content
  }

  private var running: [StateTimeout: Timer] = [:]
  /// Those of no time, in the order in which they come (OTP: SM10).
  private var queue: [StateTimeout] = []

  mutating func start(
    _ timeout: StateTimeout, at end: RuntimeInstant, _ content: Content,
    _ context: inout ProcessContext
  ) throws {
    cancel(timeout, &context)
    let mark = try context.startTimer(
      max(.zero, end - context.now), StateTimerMark(timeout: timeout), to: .pid(context.pid))
    running[timeout] = Timer(mark: mark, end: end, content: content)
  }

  /// Puts a time-out of no time aside; those of one transition join the queue together.
  mutating func startAtOnce(
    _ timeout: StateTimeout, _ content: Content, _ context: inout ProcessContext
  ) {
    cancel(timeout, &context)
    running[timeout] = Timer(mark: nil, end: context.now, content: content)
  }

  mutating func enqueue(_ timeouts: some Sequence<StateTimeout>) {
    queue.append(contentsOf: timeouts)
  }

  mutating func cancel(_ timeout: StateTimeout, _ context: inout ProcessContext) {
    guard let timer = running.removeValue(forKey: timeout) else { return }
    if let mark = timer.mark {
      context.cancelTimer(mark)
    } else {
      queue.removeAll { $0 == timeout }
    }
  }

  /// Gives a running time-out another content; false when it does not run.
  mutating func update(_ timeout: StateTimeout, _ content: Content) -> Bool {
    guard running[timeout] != nil else { return false }
    running[timeout]?.content = content
    return true
  }

  /// The content of the time-out that a timer was for; nil when it was cancelled meanwhile.
  mutating func end(_ timeout: StateTimeout, _ mark: Reference) -> Content? {
    guard running[timeout]?.mark == mark else { return nil }
    return running.removeValue(forKey: timeout)?.content
  }

  /// Whether a time-out of no time waits.
  var hasFirst: Bool { !queue.isEmpty }

  /// The next time-out of no time.
  mutating func popFirst() -> (StateTimeout, Content)? {
    guard let timeout = queue.first else { return nil }
    queue.removeFirst()
    return running.removeValue(forKey: timeout).map { (timeout, $0.content) }
  }

  /// What runs, the first to end first.
  var description: String? {
    let timers = running.sorted { ($0.value.end, "\($0.key)") < ($1.value.end, "\($1.key)") }
    guard !timers.isEmpty else { return nil }
    return timers.map { "\($0.key) at \($0.value.end)" }.joined(separator: ", ")
  }
}
