package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// Everything the console knows; a plain value that `update` changes and `render` looks at.
package struct ConsoleModel: Sendable {
  // The machine, as far as its events told.
  package var scenario: String
  package var seed: UInt64?
  package var tree = ProcessTree()
  /// The machine's time; at least that of the last event.
  package var now = RuntimeInstant.zero
  package var pace: Pace
  /// What the subject can do, and why it cannot do the rest.
  package internal(set) var capabilities = Capabilities.all
  package var travel = TimeTravelStatus()
  /// The faults by chance that arrive; nil while there are none.
  package var chaos: ChaosStatus?
  /// The seed of the next chaos, unless another is asked for.
  package var nextChaosSeed: UInt64
  /// Where in its script it is; nil when it has none.
  package var script: ScriptStatus?
  package var metrics = MetricsHistory()
  package var inspection: ProcessInspection?

  // The screen.
  package var options: ConsoleOptions
  package var size: Size
  package var view: ViewKind
  package var mode = Mode.browse
  package var overlay: Overlay?
  package var focus = Pane.view
  /// Whether the panel was opened beside or above a view that has none of its own.
  package var isPanelOpen = false
  package var panelScroll = 0
  /// Whether everything but the view and what is said gives way, for an audience.
  package var isPresenting = false
  /// Whether keys are shown as they are pressed.
  package var showsKeys = false
  /// The key that was pressed last, while keys are shown.
  package var shownKey: Key?
  /// One line to the user, until the next key.
  package var notice: String? {
    didSet { noticeInstant = isLabShown ? lab?.now ?? now : now }
  }
  /// The machine's time when that was said.
  package private(set) var noticeInstant = RuntimeInstant.zero
  /// Animation frames so far, 24 a second while something moves.
  package var frame = 0
  /// Whether motion stands still, mid-pop if need be, since the user paused; a step frees it.
  package var isFrozen = false

  // What the views share.
  package var selection: SlotID?
  /// The selection's ancestors, root first: where it goes when its slot is forgotten.
  package var selectionPath: [SlotID] = []
  package var folded: Set<SlotID> = []
  package var marked: Set<SlotID> = []
  package var filter = Filter()
  /// Whether the selection goes to whatever happened last.
  package var isFollowing = false

  // What each view remembers for itself.
  package var bubbles = BubblesState()
  package var treeDiagram = TreeState()
  package var table = TableState()
  package var timeline = TimelineState()
  package var log = LogState()
  /// The copies that are compared; they stay while another view is looked at.
  package internal(set) var lab: LabState?

  // What the shell remembers for itself.
  package var story = Story()
  package var commandHistory: [String] = []
  /// The processes whose metrics were asked for last.
  package var observed: [PID] = []
  /// The process that was looked into last.
  package var inspected: PID?

  package init(
    scenario: String, seed: UInt64? = nil, size: Size, view: ViewKind = .bubbles,
    pace: Pace = Pace(), options: ConsoleOptions = ConsoleOptions()
  ) {
    self.scenario = scenario
    self.seed = seed
    nextChaosSeed = seed ?? 1
    self.size = size
    self.view = view
    self.pace = pace
    self.options = options
  }
}

extension ConsoleModel {
  /// Whether frames are needed.
  package var isMoving: Bool {
    options.motion != .none && !isFrozen && view.view.isMoving(self)
  }

  /// The plan on the screen: of a kill that is shown before it is done, or of one that runs.
  package var plan: Plan? {
    switch mode {
    case .browse: nil
    case .preview(let preview): preview.plan
    case .running(let running): running.plan
    }
  }

  /// Whether a plan is shown of which nothing has happened yet.
  package var isPreviewing: Bool {
    switch mode {
    case .preview: true
    case .browse, .running: false
    }
  }

  package var selectedNode: TreeNode? { selection.map { tree[$0] } }

  /// Selects a slot; the only way in which the selection changes.
  package mutating func select(_ slot: SlotID?) {
    guard slot != selection else { return }
    selection = slot
    selectionPath = slot.map { tree.path(of: $0) } ?? []
    inspection = nil
    panelScroll = 0
  }
}
