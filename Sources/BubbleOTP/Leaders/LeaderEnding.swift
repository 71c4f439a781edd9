import BubbleEvents
import BubbleKernel

/// How the process of a group ends, and what the log says about it, as of a gen_server.
struct LeaderEnding: Sendable {
  var reason: ExitReason
  var serverReport: ExitReason?
  var crashReport: ExitReason?

  /// An orderly stop, or a start that fails: logged when the reason is abnormal.
  init(stopping reason: ExitReason, isStart: Bool = false) {
    self.reason = reason
    if reason.isAbnormal {
      serverReport = isStart ? nil : reason
      crashReport = reason
    }
  }

  /// A callback threw: an exit is logged when its reason is abnormal, any other error always.
  init(raised error: any Error) {
    reason = ExitReason(uncaught: error)
    let isExit = error is ProcessExit
    guard reason.isAbnormal || !isExit else { return }
    serverReport = isExit ? .raised(reason.term) : reason
    crashReport = reason
  }
}

extension LeaderMembership {
  /// What the process is at present, for the inspector.
  var phaseText: String {
    switch phase {
    case .electing: "electing"
    case .leading: "leads, fencing number \(map.own.claim?.fence ?? 0)"
    case .following(let leader, let fence): "follows \(leader), fencing number \(fence)"
    case .leaderless(let reason): "no leader: \(reason)"
    }
  }
}
