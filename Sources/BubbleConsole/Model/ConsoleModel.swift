package import BubbleCells
package import BubbleEvents
package import BubbleTree

/// Everything the console knows; a plain value that `render` looks at.
///
/// Nothing but `update` changes it: what happens outside comes as a `ConsoleMessage`.
package struct ConsoleModel: Sendable {
  // The machine, as far as its events told.
  package internal(set) var scenario: String
  package internal(set) var seed: UInt64?
  package internal(set) var tree = ProcessTree()
  /// The machine's time; at least that of the last event.
  package internal(set) var now = RuntimeInstant.zero
  package internal(set) var pace: Pace
  /// What the subject can do, and why it cannot do the rest.
  package internal(set) var capabilities = Capabilities.all
  package internal(set) var travel = TimeTravelStatus()
  /// The faults by chance that arrive; nil while there are none.
  package internal(set) var chaos: ChaosStatus?
  /// The seed of the next chaos, unless another is asked for.
  package internal(set) var nextChaosSeed: UInt64
  /// Where in its script it is; nil when it has none.
  package internal(set) var script: ScriptStatus?
  package internal(set) var metrics = MetricsHistory()
  package internal(set) var inspection: ProcessInspection?

  // The screen.
  package internal(set) var options: ConsoleOptions
  package internal(set) var size: Size
  package internal(set) var view: ViewKind
  package internal(set) var mode = Mode.browse
  package internal(set) var overlay: Overlay?
  package internal(set) var focus = Pane.view
  /// Whether the panel was opened beside or above a view that has none of its own.
  package internal(set) var isPanelOpen = false
  package internal(set) var panelScroll = 0
  /// Whether everything but the view and what is said gives way, for an audience.
  package internal(set) var isPresenting = false
  /// Whether keys are shown as they are pressed.
  package internal(set) var showsKeys = false
  /// The key that was pressed last, while keys are shown.
  package internal(set) var shownKey: Key?
  /// One line to the user, until the next key.
  package internal(set) var notice: String? {
    didSet { noticeInstant = isLabShown ? lab?.now ?? now : now }
  }
  /// The machine's time when that was said.
  package private(set) var noticeInstant = RuntimeInstant.zero
  /// Animation frames so far, 24 a second while something moves.
  package internal(set) var frame = 0
  /// Whether motion stands still, mid-pop if need be, since the user paused; a step frees it.
  package internal(set) var isFrozen = false

  // What the views share.
  package internal(set) var selection: SlotID?
  /// The selection's ancestors, root first: where it goes when its slot is forgotten.
  package internal(set) var selectionPath: [SlotID] = []
  package internal(set) var folded: Set<SlotID> = []
  package internal(set) var marked: Set<SlotID> = []
  package internal(set) var filter = Filter()
  /// Whether the selection goes to whatever happened last.
  package internal(set) var isFollowing = false

  // What each view remembers for itself.
  package internal(set) var bubbles = BubblesState()
  package internal(set) var treeDiagram = TreeState()
  package internal(set) var table = TableState()
  package internal(set) var timeline = TimelineState()
  package internal(set) var log = LogState()
  /// The copies that are compared; they stay while another view is looked at.
  package internal(set) var lab: LabState?

  // What the shell remembers for itself.
  package internal(set) var story = Story()
  package internal(set) var commandHistory: [String] = []
  /// The processes whose metrics were asked for last.
  package internal(set) var observed: [PID] = []
  /// The process that was looked into last.
  package internal(set) var inspected: PID?

  package init(
    scenario: String, seed: UInt64? = nil, size: Size, view: ViewKind = .bubbles,
    pace: Pace = Pace(), options: ConsoleOptions = ConsoleOptions(), isPresenting: Bool = false
  ) {
    self.scenario = scenario
    self.seed = seed
    nextChaosSeed = seed ?? 1
    self.size = size
    self.view = view
    self.pace = pace
    self.options = options
    self.isPresenting = isPresenting
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
  mutating func select(_ slot: SlotID?) {
    guard slot != selection else { return }
    selection = slot
    selectionPath = slot.map { tree.path(of: $0) } ?? []
    inspection = nil
    panelScroll = 0
  }
}
