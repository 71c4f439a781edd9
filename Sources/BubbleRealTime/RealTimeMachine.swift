public import BubbleEvents
public import BubbleKernel
import Dispatch
import Synchronization

/// Drives a machine by the wall clock: the same kernel as a simulation, on a thread of its own.
///
/// The thread runs turns while there are any, and otherwise sleeps until the next timer or until
/// something is posted; an idle machine costs nothing. Whatever processes ask of the outside is
/// done after their turns. Nothing here can be done again or taken back: what has gone out of a
/// socket stays out. A copy of the kernel can still run ahead alone, and asks nothing of the world.
public final class RealTimeMachine: Sendable {
  /// What became of a message that was posted.
  public enum Posting: Hashable, Sendable {
    /// It will be delivered; to a dead process it goes nowhere, as any message.
    case accepted
    /// The inbox is full: whoever posts has to hold back, and try again later.
    case full
    /// The machine has stopped.
    case stopped
  }

  /// How much happens at once.
  public enum Limit {
    /// Messages posted and not taken by the machine yet.
    public static let inbox = 100_000
    /// Turns between two looks at the inbox and the clock.
    public static let turnsPerSlice = 512
    /// Events that nobody has taken; beyond that the machine runs on and they are lost.
    public static let events = 1_000_000
  }

  /// Something that is looked at after every slice until it is over.
  private struct Watch: Sendable {
    /// When it is over in any case.
    var deadline: RuntimeInstant?
    /// Returns whether it is over; the argument says that the deadline has passed.
    var isOver: @Sendable (inout Kernel, Bool) -> Bool
  }

  private struct State {
    var kernel: Kernel
    var watches: [Watch] = []
    var isStopping = false
    var lostEvents = 0
    var slices = 0
  }

  private let state: Mutex<State>
  private let inbox: Mutex<Inbox>
  private let tasks = OutsideTasks()
  private let world: any OutsideWorld
  private let alarm = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let beginning = ContinuousClock.now

  /// Starts an empty machine; it runs until `stop`, and reaches no other node.
  ///
  /// - Parameters:
  ///   - seed: Where chance begins.
  ///   - eventLevel: How much is told; with `none` nobody has to take events.
  ///   - inboxLimit: How many messages may be posted and not taken yet.
  ///   - world: What processes can reach.
  public init(
    seed: UInt64, eventLevel: EventLevel = .lifecycle, inboxLimit: Int = Limit.inbox,
    world: any OutsideWorld = EmptyWorld()
  ) {
    var kernel = Kernel(seed: seed)
    kernel.eventLevel = eventLevel
    kernel.reachesOutside = true
    state = Mutex(State(kernel: kernel))
    inbox = Mutex(Inbox(capacity: inboxLimit))
    self.world = world
    DispatchQueue(label: "machine").async { self.run() }
  }

  // MARK: - From other threads

  /// The machine's time: how long ago it was started.
  public var now: RuntimeInstant { .zero + (ContinuousClock.now - beginning) }

  /// Posts a plain message; never waits.
  public func post(_ message: some Sendable, to pid: PID) -> Posting {
    let (posting, wakes) = inbox.withLock { inbox in
      let posting = inbox.add(Inbox.Letter(to: pid, message: message))
      return (posting, posting == .accepted && inbox.rouse())
    }
    if wakes { alarm.signal() }
    return posting
  }

  /// Posts `.requested` and performs the request between two turns.
  public func apply(_ request: ControlRequest, by asker: Asker = .someone) {
    change { $0.apply(request, by: asker) }
  }

  /// Tells more or less from now on.
  public func setEventLevel(_ level: EventLevel) {
    change { $0.eventLevel = level }
  }

  /// What is there now: a copy that cannot reach the outside, and may run ahead or be looked into.
  ///
  /// The events that nobody has taken yet are in it too; they stay in the machine.
  public func copy() -> Kernel {
    var copy = state.withLock { $0.kernel }
    copy.reachesOutside = false
    return copy
  }

  /// A copy as `copy` gives it, and what has happened since the last time this was asked.
  public func look() -> (kernel: Kernel, events: [Event]) {
    var (copy, events) = state.withLock { state in
      let events = state.kernel.takeEvents()
      return (state.kernel, events)
    }
    copy.reachesOutside = false
    return (copy, events)
  }

  /// How often the machine's thread has looked whether there is something to do.
  package var slices: Int { state.withLock { $0.slices } }

  /// How many events were lost because nobody took them.
  public var lostEvents: Int { state.withLock { $0.lostEvents } }

  /// Starts a process from outside, such as a root supervisor, and waits until its start has ended;
  /// nil when that takes longer than `timeout`.
  public func start(_ start: ProcessStart, timeout: Duration = .seconds(10)) -> StartResult? {
    let attempt = change { $0.begin(start) }
    switch attempt {
    case .finished(let result): return result
    case .invalid(let term): return .error(term)
    case .spawned(let pid, _):
      let outcome = Mutex<StartResult?>(nil)
      wait(at: now + timeout) { kernel in
        guard let result = kernel.startResult(of: pid) else { return false }
        kernel.forgetStart(of: pid)
        outcome.withLock { $0 = result }
        return true
      }
      return outcome.withLock { $0 }
    }
  }

  /// Ends a process in order and waits until it is gone; the reason it ended with, or nil when that
  /// takes longer than `timeout` (OTP: proc_lib:stop).
  @discardableResult
  public func end(
    _ pid: PID, reason: ExitReason = .shutdown, timeout: Duration = .seconds(20)
  ) -> ExitReason? {
    let mark = change { $0.system(.terminate(reason), to: pid) }
    let outcome = Mutex<ExitReason?>(nil)
    wait(at: now + timeout) { kernel in
      guard case .ended(let reason) = kernel.answer(to: mark) else { return false }
      outcome.withLock { $0 = reason }
      return true
    }
    change { $0.forgetCall(mark) }
    return outcome.withLock { $0 }
  }

  /// Stops the machine and its world for good, and waits until both have; processes get no chance
  /// to clean up.
  public func stop() {
    let isFirst = inbox.withLock { inbox in
      defer { inbox.isClosed = true }
      return !inbox.isClosed
    }
    guard isFirst else { return }
    state.withLock { $0.isStopping = true }
    rouse()
    ended.wait()
  }

  // MARK: - Waiting

  private func wait(
    at deadline: RuntimeInstant, _ isOver: @escaping @Sendable (inout Kernel) -> Bool
  ) {
    let done = DispatchSemaphore(value: 0)
    let isWatched = state.withLock { state in
      guard !state.isStopping else { return false }
      state.watches.append(
        Watch(deadline: deadline) { kernel, isLate in
          guard isOver(&kernel) || isLate else { return false }
          done.signal()
          return true
        })
      return true
    }
    guard isWatched else { return }
    rouse()
    done.wait()
  }

  @discardableResult
  private func change<Result: Sendable>(_ body: (inout Kernel) -> Result) -> Result {
    let now = now
    let result = state.withLock { state in
      state.kernel.advance(to: now)
      return body(&state.kernel)
    }
    rouse()
    return result
  }

  private func rouse() {
    if inbox.withLock({ $0.rouse() }) { alarm.signal() }
  }
}

// MARK: - The machine's thread

extension RealTimeMachine {
  private func run() {
    while true {
      let letters = inbox.withLock { $0.takeAll() }
      let slice = state.withLock { runSlice(&$0, letters) }
      for request in slice.requests { perform(request) }
      if slice.isStopping { break }
      if !slice.isBusy { sleep(until: slice.next) }
    }
    tasks.cancelAll()
    world.machineStopped()
    let watches = state.withLock { state in
      defer { state.watches = [] }
      return state.watches
    }
    state.withLock { state in for watch in watches { _ = watch.isOver(&state.kernel, true) } }
    ended.signal()
  }

  /// What a slice of turns left to do.
  private struct Slice {
    var requests: [OutsideRequest]
    var isBusy: Bool
    var isStopping: Bool
    /// When something is due next.
    var next: RuntimeInstant?
  }

  private func runSlice(_ state: inout State, _ letters: [Inbox.Letter]) -> Slice {
    let now = now
    state.slices += 1
    state.kernel.advance(to: now)
    for letter in letters { state.kernel.context.deliver(.plain(letter.message), to: letter.to) }
    var turns = 0
    state.kernel.loseSignals()
    while turns < Limit.turnsPerSlice, state.kernel.runTurn() {
      turns += 1
      state.kernel.loseSignals()
    }
    if !state.watches.isEmpty {
      state.watches.removeAll { watch in
        watch.isOver(&state.kernel, watch.deadline.map { $0 <= now } ?? false)
      }
    }
    if state.kernel.eventCount > Limit.events {
      state.lostEvents += state.kernel.takeEvents().count
      state.kernel.noteLimit("\(Limit.events) events that nobody took")
    }
    let instants = [state.kernel.nextTimer] + state.watches.map(\.deadline)
    return Slice(
      requests: state.kernel.takeOutsideRequests(), isBusy: state.kernel.hasReadyProcess,
      isStopping: state.isStopping, next: instants.compactMap(\.self).min())
  }

  private func perform(_ request: OutsideRequest) {
    switch request {
    case .asked(let pid, let task as OutsideTask): tasks.begin(task, for: pid, in: self)
    case .asked(let pid, let payload): world.perform(payload, for: pid, in: self)
    case .ended(let pid):
      tasks.cancel(for: pid)
      world.processEnded(pid, in: self)
    }
  }

  /// Sleeps until `instant`, or until something is posted.
  private func sleep(until instant: RuntimeInstant?) {
    guard inbox.withLock({ $0.rest() }) else { return }
    if let instant {
      let left = max((instant - now).wholeNanoseconds, 0)
      _ = alarm.wait(timeout: .now() + .nanoseconds(Int(left)))
    } else {
      alarm.wait()
    }
  }
}
