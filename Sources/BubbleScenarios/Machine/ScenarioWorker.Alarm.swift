extension ScenarioWorker {
  /// What a worker's timers remind it of.
  enum Alarm: Hashable, Sendable {
    case tick
    case call(Int)
    case cast(Int)
    case start(Int)
    case task(Int)
    case handlerChange(Int)
    case end
    /// To take a global name that somebody had; set when it is needed.
    case claim
  }
}

extension ScenarioWorker.Alarm {
  /// Everything that a worker wants to be reminded of.
  static func all(of worker: Scenario.Worker) -> [ScenarioWorker.Alarm] {
    (worker.tick == nil ? [] : [.tick])
      + worker.calls.indices.map { .call($0) }
      + worker.casts.indices.map { .cast($0) }
      + worker.starts.indices.filter { worker.starts[$0].every != nil }.map { .start($0) }
      + worker.tasks.indices.map { .task($0) }
      + worker.handlerChanges.indices.map { .handlerChange($0) }
      + (worker.end?.after == nil ? [] : [.end])
  }

  /// The time until it rings.
  func span(of worker: Scenario.Worker) -> Scenario.Span {
    switch self {
    case .tick: worker.tick ?? .zero
    case .call(let index): worker.calls[index].every
    case .cast(let index): worker.casts[index].every
    case .start(let index): worker.starts[index].every ?? .zero
    case .task(let index): worker.tasks[index].every
    case .handlerChange(let index): worker.handlerChanges[index].after
    case .end: worker.end?.after ?? .zero
    case .claim: .zero
    }
  }
}

extension ScenarioWorker.Alarm: CustomStringConvertible {
  /// What a mailbox shows.
  var description: String {
    switch self {
    case .tick: "tick"
    case .call: "next call"
    case .cast: "next cast"
    case .start: "next start"
    case .task: "next task"
    case .handlerChange: "change of a handler"
    case .end: "end"
    case .claim: "claim of a name"
    }
  }
}
