package import BubbleEvents

/// The release of a machine, as far as its events tell.
package struct ReleaseFacts: Sendable {
  /// The version that runs.
  package internal(set) var version: String
  /// The release handler.
  package internal(set) var handler: PID
  /// What was installed last, or is being installed.
  package internal(set) var installation: Installation?

  /// A change from one release to another, as far as it has come.
  package struct Installation: Sendable {
    /// How it stands.
    package enum Stage: Hashable, Sendable {
      case running, done, failed
    }

    package internal(set) var from: String
    package internal(set) var to: String
    package internal(set) var stage = Stage.running
    /// How many instructions there are.
    package internal(set) var count = 0
    /// Those that were begun, in order.
    package internal(set) var begun: [String] = []
  }
}

extension ProcessTree {
  /// The place of the release handler; nil when there is none.
  package var releaseHandler: SlotID? { release.flatMap { slot(of: $0.handler) } }

  mutating func note(_ step: ReleaseEvent) {
    var facts = release ?? ReleaseFacts(version: step.version, handler: step.handler)
    facts.handler = step.handler
    switch step.change {
    case .booting: facts.version = step.version
    case .installing(let from, _):
      facts.installation = ReleaseFacts.Installation(from: from, to: step.version)
    case .instruction(_, let count, let text):
      facts.installation?.count = count
      facts.installation?.begun.append(text)
    case .installed:
      facts.version = step.version
      facts.installation?.stage = .done
    case .failed: facts.installation?.stage = .failed
    case .leftOut, .refused, .rebooting, .madePermanent, .removed: break
    }
    if step.handler != release?.handler, let slot = slot(of: step.handler),
      let root = nodes[slot.position].parent
    {
      places.set(slot, named: .named(.atom("release_handler")), under: root)
    }
    release = facts
  }
}
