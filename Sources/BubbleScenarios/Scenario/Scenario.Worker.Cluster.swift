package import BubbleEvents

extension Scenario.Worker {
  /// The global name that a worker takes at its start (OTP: global:register_name).
  package struct GlobalNaming: Hashable, Sendable {
    /// What becomes of two processes that have the name when their nodes meet.
    package enum Resolver: String, Hashable, Sendable, CaseIterable {
      /// The one on the node of the smaller name keeps it, the other is killed.
      case randomExit = "random_exit_name"
      /// The same one keeps it, the other is told.
      case randomNotify = "random_notify_name"
      /// Nobody keeps it, and both are told.
      case notifyAll = "notify_all_name"
      /// Nobody keeps it, and nobody is told.
      case none
    }

    /// What a worker does when somebody else has the name at its start.
    package enum Taken: String, Hashable, Sendable, CaseIterable {
      /// Its start fails with `already_started`.
      case fail
      /// It waits for the other's end, and then tries again.
      case follow
    }

    /// What a worker does that is told that the name is lost.
    package enum Lost: String, Hashable, Sendable, CaseIterable {
      /// It works on the message, as on any other.
      case work
      /// It stops.
      case stop
      /// It waits for the end of whoever has the name, and then takes it again.
      case follow
    }

    package var name: Term
    package var resolver = Resolver.randomExit
    package var taken = Taken.fail
    package var lost = Lost.work

    /// A name under OTP's rules.
    package init(_ name: Term) { self.name = name }
  }
}

extension Scenario.Worker {
  /// A group of which a worker is one, and of which one leads (OTP: gen_leader).
  ///
  /// It is called as the worker is.
  package struct Leading: Hashable, Sendable {
    /// The nodes that may lead.
    package var candidates: [NodeID] = []
    /// The nodes that only follow.
    package var workers: [NodeID] = []
    /// How often those that are not there are looked for.
    package var heartbeat = Duration.seconds(5)
    /// Whether only a candidate that is in touch with more than half of them may lead.
    package var needsMajority = false

    package init() {}
  }
}
