package import BubbleEvents

/// One place of the tree and whoever lives in it.
package struct TreeNode: Hashable, Sendable {
  /// Its identity.
  package let id: SlotID
  /// The place above it; nil for a root.
  package let parent: SlotID?
  /// Its id under its supervisor; nil for roots and for processes outside supervision.
  package let childID: ChildID?
  /// Its name, or what a dynamic child's number is put behind.
  var label: String
  /// The name that the process in it was last registered under; only a dynamic child's is asked
  /// for.
  var registeredName: String?
  /// Worker or supervisor: what runs in it, or what its specification says.
  package internal(set) var kind: ChildKind
  /// The places below it: specified ones in start order, a dynamic supervisor's by number (some may
  /// be vacant), then processes outside supervision.
  package internal(set) var children: [SlotID] = []
  /// What can be seen of it.
  package internal(set) var state = ProcessState.stopped
  /// Whether its specification is gone; dynamic children leave such holes for newcomers to fill.
  package internal(set) var isVacant = false
  /// The process that lives in it.
  package internal(set) var pid: PID?
  /// The process before that.
  package internal(set) var previousPID: PID?
  /// Which incarnation lives or lived in it; 0 before the first.
  package internal(set) var life = 0
  /// How often it was started again after ending by itself or with its siblings.
  package var restarts: Int { max(0, life - 1) }
  /// The node of a cluster that it stands for; nil for a process.
  package internal(set) var node: NodeID?
  /// How the end of its application counts, of an application's master; nil for any other process.
  package internal(set) var application: ApplicationRestart?
  /// The module of the process in it and the version that it runs, where a release says which.
  package internal(set) var code: String?
  /// The state that the process in it is in, of a state machine; nil for any other process.
  package internal(set) var machineState: String?
  /// Its specification.
  package internal(set) var description: ChildDescription?
  /// The behaviour of the process in it.
  package internal(set) var behaviour = ""
  /// What makes it a supervisor.
  package internal(set) var supervision: SupervisionFacts?
  /// The last incarnations, oldest first; those whose start failed are left out.
  package internal(set) var lives: [Life] = []
  /// Why the last process in it ended, or why it could not start.
  package internal(set) var lastExit: ExitReason?

  /// The incarnation of its supervisor that specified it last.
  var owner: PID?
  /// The first process that ever lived in it; older ones lived elsewhere.
  var firstPID: PID?
  /// The child whose start function runs, of a supervisor.
  var starting: SlotID?
  /// Whether the start function that runs has spawned a process into it.
  var hasSpawned = false
  /// Whether nothing refers to it any more, so that another place may take its index.
  var isDetached = false
  /// Whether its process was spawned by nobody, on a node of a cluster.
  var isRoot = false
  /// Ended processes outside supervision below it.
  var looseGhosts = 0

  /// The most incarnations that are remembered.
  package static let lifeLimit = 16

  init(id: SlotID, parent: SlotID?, childID: ChildID?, label: String, kind: ChildKind) {
    self.id = id
    self.parent = parent
    self.childID = childID
    self.label = label
    self.kind = kind
  }

  /// What it is called: text from outside, not yet safe for a terminal.
  package var name: String {
    guard case .dynamic(let number)? = childID else { return label }
    if let registeredName { return registeredName }
    return label + String(number &+ 1)
  }

  /// The process that lives in it; nil for a node, too.
  package var processPID: PID? { node == nil ? pid : nil }

  /// Whether its process ended and nobody supervises it; an application keeps its place.
  var isLooseGhost: Bool {
    childID == nil && application == nil && pid == nil && node == nil && !isRoot
  }
}

extension TreeNode {
  /// Takes note of a process that came to live here.
  mutating func moveIn(_ newcomer: PID, behaviour: String, at instant: RuntimeInstant) {
    pid = newcomer
    firstPID = firstPID ?? newcomer
    registeredName = nil
    self.behaviour = behaviour
    code = nil
    machineState = nil
    life += 1
    lives.append(Life(number: life, pid: newcomer, start: instant))
    hasSpawned = true
    supervision?.begin()
  }

  /// Takes note of the end of the process `ended`, which lives or lived here; one that is gone with
  /// its node has no reason.
  mutating func close(_ ended: PID, reason: ExitReason?, event: Event) {
    guard let index = lives.lastIndex(where: { $0.pid == ended }), lives[index].end == nil else {
      return
    }
    lives[index].end = event.instant
    lives[index].reason = reason
    lives[index].endEvent = event.id
  }

  /// Takes back the incarnation whose start failed.
  mutating func forgetAttempt() {
    guard hasSpawned else { return }
    hasSpawned = false
    life -= 1
    lives.removeLast()
    previousPID = lives.last?.pid
  }

  /// Keeps the incarnation whose start went well.
  mutating func keepAttempt() {
    hasSpawned = false
    if lives.count > Self.lifeLimit { lives.removeFirst(lives.count - Self.lifeLimit) }
  }

  /// Makes the place a newcomer's, as if nobody had lived here.
  mutating func startAfresh(as child: ChildDescription) {
    let first = firstPID
    self = TreeNode(id: id, parent: parent, childID: childID, label: label, kind: child.kind)
    firstPID = first
  }
}
