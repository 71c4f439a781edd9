import BubbleCells
import BubbleEvents
import BubbleTree

/// How one box of the tree view looks: told by border, sign and word, and by colour only on top.
struct TreeBoxLook: Hashable, Sendable {
  var border: BoxStyle
  var borderRole: Role
  var nameRole: Role
  /// In the cell before the name; nil for a calm process.
  var sign: ProcessState?
  /// Its step in the plan on the screen.
  var number: Int?
  var isSelected = false

  init(_ node: TreeNode, depth: Int) {
    let isSupervisor = node.kind == .supervisor
    let calm: BoxStyle = isSupervisor ? .square : .round
    let dashed: BoxStyle = isSupervisor ? .squareDashed : .roundDashed
    let dotted: BoxStyle = isSupervisor ? .squareDotted : .roundDotted
    let ring = isSupervisor ? Role.supervisorRing(depth: depth) : .workerRing
    let name = isSupervisor ? Role.supervisorName : .processName
    (border, borderRole, nameRole) =
      switch node.state {
      case .running: (calm, ring, name)
      case .starting: (dotted, .starting, name)
      case .stopping: (dashed, .stopping, .stopping)
      case .stopped: (dotted, .ghost, .stopped)
      case .crashed: (dotted, .crashedGhost, .crashed)
      case .restarting: (.heavy, .restarting, name)
      case .gaveUp: (dashed, .crashed, .gaveUp)
      case .suspended: (calm, .suspended, .suspended)
      }
    sign = node.state == .running ? nil : node.state
  }

  /// What a plan changes: the target stands out, what it touches is numbered, the rest steps back.
  mutating func apply(_ plan: Plan, to node: TreeNode, isPreview: Bool) {
    number = plan.number(of: node.id)
    guard isPreview else { return }
    switch plan.part(of: node.id) {
    case .target:
      (border, borderRole, nameRole, sign) = (.heavy, .target, .target, .crashed)
      number = nil
    case .acts:
      (border, borderRole) = (.heavy, .restarting)
    case .stops, .starts:
      border = node.kind == .supervisor ? .squareDashed : .roundDashed
      (borderRole, nameRole, sign) = (.plannedRing, .text, nil)
    case .untouched:
      stepBack()
    }
  }

  /// For what is not meant now.
  mutating func stepBack() {
    (borderRole, nameRole) = (.untouched, .dim)
  }

  /// The selection is heavy; what died is told as dead all the same.
  mutating func select() {
    isSelected = true
    border = .heavy
    guard !isDead else {
      (borderRole, nameRole) = (.crashed, .gaveUp)
      return
    }
    borderRole = borderRole == .target ? .target : .selectionRing
    nameRole = .selectionName
  }

  /// Whether its process failed, was killed or gave up.
  var isDead: Bool { sign == .crashed && borderRole != .target || sign == .gaveUp }
}
