import BubbleEvents
import BubbleKernel
import BubbleOTP

extension StartResult {
  /// The process that has been started.
  var pid: PID? {
    if case .ok(let pid, _) = self { pid } else { nil }
  }
}

extension SupervisorReply {
  /// The child that has been started.
  var child: PID? {
    if case .child(let pid, _) = self { pid } else { nil }
  }

  /// The children that there are.
  var children: [ChildEntry]? {
    if case .children(let children) = self { children } else { nil }
  }

  /// How many children there are.
  var counts: ChildCounts? {
    if case .counts(let counts) = self { counts } else { nil }
  }
}

extension Term {
  /// What a tuple or a list is made of.
  var elements: [Term]? {
    switch self {
    case .tuple(let elements), .list(let elements): elements
    default: nil
    }
  }
}
