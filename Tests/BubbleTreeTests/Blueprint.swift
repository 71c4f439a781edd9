package import BubbleEvents

/// A tree to be: what its supervisors read from their specifications.
struct Blueprint {
  var name: String
  var flags: SupervisorFlags?
  var children: [Blueprint] = []
  var restart = ChildRestart.permanent

  static func worker(_ name: String, _ restart: ChildRestart = .permanent) -> Blueprint {
    Blueprint(name: name, flags: nil, restart: restart)
  }

  static func supervisor(
    _ name: String, _ strategy: SupervisionStrategy = .oneForOne,
    _ intensity: RestartIntensity = RestartIntensity(3, in: 5), _ children: [Blueprint] = []
  ) -> Blueprint {
    Blueprint(
      name: name, flags: SupervisorFlags(strategy: strategy, intensity: intensity),
      children: children)
  }

  var id: ChildID { .named(.atom(name)) }

  func description(id: ChildID? = nil) -> ChildDescription {
    ChildDescription(
      id: id ?? self.id, restart: restart,
      shutdown: flags == nil ? .timeout(5000) : .infinity,
      kind: flags == nil ? .worker : .supervisor, isSignificant: false)
  }

  /// The tree of the pictures: twelve processes.
  static let shop = supervisor(
    "shop_sup", .restForOne, RestartIntensity(3, in: 5),
    [
      supervisor(
        "db_sup", .oneForAll, RestartIntensity(3, in: 5), [worker("cache"), worker("pool")]),
      supervisor(
        "web_sup", .restForOne, RestartIntensity(3, in: 5),
        [
          worker("acceptor"),
          supervisor(
            "conn_sup", .oneForOne, RestartIntensity(3, in: 5),
            [worker("c1"), worker("c2"), worker("c3")]),
        ]),
      worker("mailer"), worker("cron"),
    ])
}

extension ChildID: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = .named(.atom(value)) }
}
