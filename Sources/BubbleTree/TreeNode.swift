package import BubbleEvents

/// One place of the tree and whoever lives in it.
package struct TreeNode: Hashable, Sendable {
  /// Its identity.
  package let id: SlotID
  /// The place above it; nil for a root.
  package let parent: SlotID?
  /// Its id under its supervisor; nil for roots and for processes outside supervision.
  package let childID: ChildID?
  /// What it is called: text from outside, not yet safe for a terminal.
  package var name: String
  /// Worker or supervisor: what runs in it, or what its specification says.
  package var kind: ChildKind
  /// The places below it in start order; a dynamic supervisor's by number, some may be vacant.
  package var children: [SlotID] = []
  /// What can be seen of it.
  package var state: ProcessState
  /// Whether its specification is gone; dynamic children leave such holes for newcomers to fill.
  package var isVacant = false
  /// The process that lives in it.
  package var pid: PID?
  /// The process before that.
  package var previousPID: PID?
  /// Which incarnation lives or lived in it; 0 before the first.
  package var life = 0
  /// How often it was started again after ending by itself or with its siblings.
  package var restarts: Int { max(0, life - 1) }
  /// Its specification.
  package var description: ChildDescription?
  /// The behaviour of the process in it.
  package var behaviour = ""
  /// What makes it a supervisor.
  package var supervision: SupervisionFacts?
  /// The last incarnations, oldest first, at most `Life`s.
  package var lives: [Life] = []
  /// Why the last process in it ended.
  package var lastExit: ExitReason?

  /// The incarnation of its supervisor that specified it last.
  var owner: PID?
  /// The child whose start function runs, of a supervisor.
  var starting: SlotID?

  /// The most incarnations that are remembered.
  package static let lifeLimit = 16

  init(id: SlotID, parent: SlotID?, childID: ChildID?, name: String, kind: ChildKind) {
    self.id = id
    self.parent = parent
    self.childID = childID
    self.name = name
    self.kind = kind
    state = .starting
  }
}
