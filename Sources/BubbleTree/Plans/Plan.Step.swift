package import BubbleEvents

extension Plan {
  /// How far a step is.
  package enum Progress: UInt8, Hashable, Sendable {
    /// To come.
    case pending
    /// Going on.
    case now
    /// Over.
    case done
  }

  /// One process that ends, or starts.
  package struct Step: Hashable, Sendable {
    /// Its number, from 1, stops before starts; 0 for a stop that nobody foresaw, until it is done.
    package var number: Int
    /// Where.
    package var slot: SlotID
    /// How far it is.
    package var progress = Progress.pending
    /// Why a stopped process ended, or why a start failed.
    package var reason: ExitReason?
    /// Of a start: how many attempts failed.
    package var failures = 0

    /// The next step of the same place in its list.
    var following: Int?
  }

  /// Steps in order, found by their place without a search.
  struct StepList: Sendable {
    private(set) var steps: [Step] = []
    private(set) var doneCount = 0
    /// The first step of each place that is not done.
    private var open: [SlotID: Int] = [:]
    /// The last step of each place.
    private var last: [SlotID: Int] = [:]

    /// The step of `slot` that is going on or comes next.
    func step(of slot: SlotID) -> Step? { open[slot].map { steps[$0] } }

    func contains(_ slot: SlotID) -> Bool { last[slot] != nil }

    /// Adds a step that is not done.
    mutating func append(_ step: Step) {
      if let index = last[step.slot] { steps[index].following = steps.count }
      last[step.slot] = steps.count
      if open[step.slot] == nil { open[step.slot] = steps.count }
      steps.append(step)
    }

    /// Changes the step of `slot` that is going on or comes next; false when there is none.
    mutating func change(_ slot: SlotID, _ body: (inout Step) -> Void) -> Bool {
      guard let index = open[slot] else { return false }
      body(&steps[index])
      guard steps[index].progress == .done else { return true }
      doneCount += 1
      open[slot] = steps[index].following
      return true
    }

    /// Notes a start that failed, also one that nobody follows step by step.
    mutating func fail(_ slot: SlotID, _ reason: ExitReason) {
      guard let index = open[slot] ?? last[slot] else { return }
      steps[index].failures += 1
      steps[index].reason = reason
    }

    /// Numbers the steps from `first` on.
    mutating func number(from first: Int) {
      for index in steps.indices { steps[index].number = first + index }
    }
  }
}
