/// Something that only some of the subjects can do that a console looks at.
package enum Capability: CaseIterable, Hashable, Sendable {
  /// It takes requests.
  case acts
  /// A process can be looked into.
  case inspects
  /// What a request would do can be shown before it is made.
  case previews
  /// Its time is the picture's: it waits, and it passes as fast as asked.
  case setsSpeed
  /// What was shown before can be shown again.
  case looksBack
  /// It can be taken back to what it was, as if nothing had been done to it since.
  case undoes
  /// Copies of it can be compared.
  case compares
  /// Its run can be run again from what was done to it.
  case reruns
}

/// What the subject of a console can do, and why it cannot do the rest.
package struct Capabilities: Hashable, Sendable {
  private let objections: [Capability: String]

  /// Those of a subject that can do everything, such as a simulation.
  package static let all = Capabilities(except: [:])

  /// Those of a subject that can do everything but what `objections` gives the reasons of.
  ///
  /// - Parameter objections: A sentence each, in one line, as the user reads it.
  package init(except objections: [Capability: String]) {
    self.objections = objections
  }

  /// Whether the subject can do it.
  package func contains(_ capability: Capability) -> Bool { objections[capability] == nil }

  /// Why something that needs all of `needs` cannot be done; nil when it can.
  package func objection(to needs: Set<Capability>) -> String? {
    Capability.allCases.lazy.filter(needs.contains).compactMap { objections[$0] }.first
  }
}
