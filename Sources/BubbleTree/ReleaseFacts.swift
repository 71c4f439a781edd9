package import BubbleEvents

/// The release of a machine, as far as its events tell.
package struct ReleaseFacts: Sendable {
  /// The version that runs.
  package internal(set) var version: String
  /// The release handler.
  package internal(set) var handler: PID
  /// The version that it is being changed over to, and the instruction that is executed, from 1.
  package internal(set) var installing: (version: String, number: Int, count: Int)?
}

extension ProcessTree {
  /// The place of the release handler; nil when there is none.
  package var releaseHandler: SlotID? { release.flatMap { slot(of: $0.handler) } }

  mutating func note(_ step: ReleaseStep) {
    var facts = release ?? ReleaseFacts(version: step.version, handler: step.handler)
    facts.handler = step.handler
    switch step.change {
    case .booting:
      facts.version = step.version
      facts.installing = nil
    case .installing: facts.installing = (step.version, 0, 0)
    case .instruction(let number, let count, _):
      facts.installing = (step.version, number, count)
    case .installed:
      facts.version = step.version
      facts.installing = nil
    case .failed: facts.installing = nil
    case .leftOut, .refused, .rebooting, .madePermanent, .removed: break
    }
    release = facts
  }
}
