package import BubbleCells
package import BubbleCopyOnWrite
package import BubbleEvents
package import BubbleTree

/// Everything the console knows; a plain value that `render` looks at.
///
/// It has two halves: `told` is what the machine told, the rest is what the user chose and what the
/// session said. Nothing but `update` changes either: what happens outside comes as a
/// `ConsoleMessage`. Large parts are in boxes, since views and moments of the past hold copies.
package struct ConsoleModel: Sendable {
  /// What the machine told, up to the shown moment.
  @Boxed package internal(set) var told = Told()

  // What the session said.
  package internal(set) var scenario: String
  package internal(set) var seed: UInt64?
  package internal(set) var pace: Pace
  /// What the subject can do, and why it cannot do the rest.
  package internal(set) var capabilities = Capabilities.all
  /// Where in time the shown moment is.
  @Boxed package internal(set) var travel = TimeTravelStatus()
  /// The faults by chance that arrive; nil while there are none.
  @Boxed package internal(set) var chaos: ChaosStatus? = nil
  /// The seed of the next chaos, unless another is asked for.
  package internal(set) var nextChaosSeed: UInt64
  /// Where in its script it is; nil when it has none.
  @Boxed package internal(set) var script: ScriptStatus? = nil
  /// What is being done that takes long, in a few words.
  package internal(set) var working: String?
  /// Whether events get no beats, since more fail than anybody could watch one by one.
  package internal(set) var shedsBeats = false
  /// What was found in the selected process.
  @Boxed package internal(set) var inspection: ProcessInspection? = nil

  // The screen.
  package internal(set) var options: ConsoleOptions
  package internal(set) var size: Size
  package internal(set) var view: ViewKind
  /// What is shown before it is done; it stands before a request that is followed.
  @Boxed package internal(set) var preview: Preview? = nil
  @Boxed package internal(set) var overlay: Overlay? = nil
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
  /// One line to the user, for a few seconds or until the next key.
  package internal(set) var notice: String? {
    didSet {
      noticeInstant = isLabShown ? lab?.now ?? now : now
      noticeLeft = notice.map(readingTime) ?? .zero
    }
  }
  /// For how long it is still shown.
  package private(set) var noticeLeft = Duration.zero
  /// The machine's time when that was said.
  package private(set) var noticeInstant = RuntimeInstant.zero
  /// What has failed that the user counts on, in its order; it stays on the screen.
  @Boxed package internal(set) var troubles: [Trouble] = []
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
  @Boxed package internal(set) var filter = Filter()
  /// Whether the selection goes to whatever happened last.
  package internal(set) var isFollowing = false

  // What each view remembers for itself.
  @Boxed package internal(set) var bubbles = BubblesState()
  @Boxed package internal(set) var treeDiagram = TreeState()
  @Boxed package internal(set) var table = TableState()
  @Boxed package internal(set) var timeline = TimelineState()
  @Boxed package internal(set) var log = LogState()
  /// The copies that are compared; they stay while another view is looked at.
  @Boxed package internal(set) var lab: LabState? = nil

  // What the shell remembers for itself.
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

/// How long it takes whoever looks elsewhere to see a line and to read it.
private func readingTime(of text: String) -> Duration {
  max(.seconds(4), .milliseconds(70) * text.count)
}

extension ConsoleModel {
  /// Lets time pass for the notice; true when that was the end of it.
  mutating func noticePasses(by span: Duration) -> Bool {
    noticeLeft -= span
    guard noticeLeft <= .zero, notice != nil else { return false }
    notice = nil
    return true
  }
}

// What the machine told, read so often that it is named here.
extension ConsoleModel {
  package var tree: ProcessTree { _read { yield told.tree } }

  /// The machine's time; at least that of the last event.
  package var now: RuntimeInstant { told.now }

  package var recentEvents: RecentEvents { _read { yield told.recentEvents } }

  package var metrics: MetricsHistory { _read { yield told.metrics } }
}

extension ConsoleModel {
  /// What the screen is about.
  package var mode: Mode {
    if let preview { return .preview(preview) }
    return told.running.map(Mode.running) ?? .browse
  }

  /// Shows the machine as it is: no preview, and no request that is followed.
  mutating func browse() {
    preview = nil
    told.stopFollowing()
  }

  /// The plan on the screen: of a kill that is shown before it is done, or of one that runs.
  package var plan: Plan? {
    if let preview { preview.plan } else { told.running?.plan }
  }

  /// Whether a plan is shown of which nothing has happened yet.
  package var isPreviewing: Bool { preview != nil }

  /// The place that is highlighted on the screen: what is drawn as selected, what the panel tells
  /// of and what keys act on.
  ///
  /// It is the selection, or what stands for it in this view: the supervisor it is folded into, the
  /// process that the row under the cursor tells of. Nil where nothing is highlighted.
  package var highlighted: SlotID? { view.view.highlighted(in: self) }

  /// What is highlighted.
  package var selectedNode: TreeNode? { highlighted.map { tree[$0] } }

  /// Selects a slot; the only way in which the selection changes.
  mutating func select(_ slot: SlotID?) {
    guard slot != selection else { return }
    selection = slot
    selectionPath = slot.map { tree.path(of: $0) } ?? []
    inspection = nil
    panelScroll = 0
  }
}

extension ConsoleModel {
  /// The row of the log with that number among those that are shown.
  package func logRow(_ number: Int) -> LogRow { told.log.rows[Int(log.shown[number])] }
}
