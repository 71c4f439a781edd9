import BubbleCells
import BubbleTree

/// How a state looks: told by the ring's dashes and a sign, and by colour only on top of that.
struct BubbleLook: Hashable, Sendable {
  var ring: Role
  var dash: DashPattern
  var isThick: Bool
  var name: Role
  /// The sign before the name; nil for what is as it should be.
  var sign: Sign?
  var signRole: Role

  init(_ bubble: BubbleScene.Bubble, isSupervisor: Bool, depth: Int) {
    self = Self.look(of: bubble.state, isSupervisor: isSupervisor, depth: depth)
    if bubble.state == .gaveUp, bubble.hasEnded { (ring, dash) = (.crashedGhost, .sparse) }
    if bubble.isNode, bubble.state == .running { ring = .frame }
    if bubble.supervision?.isActing == true { act() }
    mark(bubble.mark, state: bubble.state)
    if bubble.isMatch, name == .processName || name == .supervisorName { name = .match }
    if bubble.isSelected { select(bubble) }
  }

  /// A supervisor that acts comes forward; one that is dead or gives up stays as it is.
  private mutating func act() {
    isThick = true
    if ring == .supervisorRingEven || ring == .supervisorRingOdd { ring = .restarting }
  }

  /// The selection is thick and between arrows; what died is told as dead all the same.
  private mutating func select(_ bubble: BubbleScene.Bubble) {
    isThick = true
    switch bubble.state {
    case .crashed, .gaveUp:
      ring = .crashed
      (name, signRole) = (.gaveUp, .gaveUp)
    case .starting, .running, .stopping, .stopped, .restarting, .suspended:
      ring = bubble.mark == .target ? .target : .selectionRing
      (name, signRole) = (.selectionName, .selectionName)
    }
  }

  private init(_ ring: Role, _ dash: DashPattern, name: Role, _ sign: Sign?, _ signRole: Role) {
    self.ring = ring
    self.dash = dash
    isThick = false
    self.name = name
    self.sign = sign
    self.signRole = signRole
  }

  private static func look(of state: ProcessState, isSupervisor: Bool, depth: Int) -> Self {
    let ring = isSupervisor ? Role.supervisorRing(depth: depth) : .workerRing
    let name = isSupervisor ? Role.supervisorName : .processName
    switch state {
    case .running: return Self(ring, .solid, name: name, nil, .running)
    case .starting: return Self(.starting, .dotted, name: .starting, .starting, .starting)
    case .stopping: return Self(.stopping, .dashed, name: .stopping, .stopping, .stopping)
    case .stopped: return Self(.ghost, .sparse, name: .ghost, .stopped, .ghost)
    case .crashed: return Self(.crashedGhost, .sparse, name: .crashed, .crashed, .crashed)
    case .restarting:
      var look = Self(ring, .solid, name: name, nil, .restarting)
      look.act()
      return look
    case .gaveUp: return Self(.crashed, .cracked, name: .gaveUp, .gaveUp, .crashed)
    case .suspended: return Self(.suspended, .slits, name: .suspended, .suspended, .suspended)
    }
  }

  private mutating func mark(_ mark: BubbleScene.Mark, state: ProcessState) {
    switch mark {
    case .plain: return
    case .target:
      ring = .target
      dash = .solid
      isThick = true
      name = .gaveUp
      sign = .crashed
      signRole = .gaveUp
    case .planned:
      switch state {
      case .running, .restarting, .starting, .suspended, .stopping:
        sign = nil
        ring = .plannedRing
        dash = .dashed
        name = .planned
      // What died stays dead until it is started again.
      case .crashed, .gaveUp: return
      case .stopped:
        sign = nil
        ring = .ghost
        dash = .sparse
        name = .ghost
      }
    case .untouched:
      ring = .untouched
      dash = state == .running ? .solid : dash
      isThick = false
      name = .untouched
      signRole = .untouched
    }
  }
}

extension BubbleScene.Bubble {
  /// Whether a process is in the slot.
  var isThere: Bool {
    switch state {
    case .starting, .running, .stopping, .restarting, .suspended: true
    case .gaveUp: !hasEnded
    case .stopped, .crashed: false
    }
  }
}
