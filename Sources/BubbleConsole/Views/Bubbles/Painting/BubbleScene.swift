import BubbleCells
import BubbleTree

/// All that a picture of bubbles shows at one moment: where they are, and what is to be seen of
/// each.
struct BubbleScene: Sendable {
  var layout: BubbleLayout
  /// What is shown of each shape of the layout, in its order; nil for an empty place.
  var bubbles: [Bubble?]
  /// Sparks on their way from a dead child to its supervisor's ring.
  var sparks: [Spark] = []
  /// What joins the islands.
  var cables: [Cable] = []
}

extension BubbleScene {
  /// What is shown of one slot.
  struct Bubble: Hashable, Sendable {
    /// What follows the name: how many a crowd are.
    var nameSuffix = ""
    var state: ProcessState
    /// Whether the process that gave up has ended, too.
    var hasEnded = false
    var mark = Mark.plain
    var isSelected = false
    /// Whether a filter found it.
    var isMatch = false
    /// Whether it is a node, an island around its trees.
    var isNode = false
    /// Whether the process leads, or holds a global name.
    var isCrowned = false
    /// Its number in start order, of an application that runs.
    var startOrder: Int?
    /// What stands across the lower edge of an application: its restart type.
    var restart: String?
    /// Budget and strategy, of a supervisor.
    var supervision: Supervision?
    /// The processes below, by state, of a folded supervisor.
    var counts: [StateCount] = []
    /// The workers of a crowd.
    var crowd: Crowd?
    var mailboxLength = 0
    /// Turns a sample, oldest first.
    var turns: [Double] = []
    /// The pid, or the code that it runs, and the life, where three lines are shown.
    var identity = ""
    var motion: BubbleMotion?
  }

  /// What a plan has in mind for a slot.
  enum Mark: Hashable, Sendable {
    /// There is no plan.
    case plain
    /// It dies first.
    case target
    /// It stops or starts as this number.
    case planned(order: Int)
    /// It is not concerned.
    case untouched
  }

  /// What a supervisor's ring carries.
  struct Supervision: Hashable, Sendable {
    var strategy: String
    var shortStrategy: String
    /// Restarts counted in the first half of their window.
    var counted: Int
    /// Restarts counted that leave the window soon.
    var expiring: Int
    var allowed: Int
    /// Whether it is stopping or starting children now.
    var isActing: Bool
  }

  /// How many processes are in a state.
  struct StateCount: Hashable, Sendable {
    var state: ProcessState
    var count: Int
    /// Whether the one that is counted leads, or holds a global name.
    var isCrowned = false
  }

  /// A supervisor's workers as dots.
  struct Crowd: Hashable, Sendable {
    var swarm: BubbleSwarm
    /// The state of the worker who stands for each dot, nil where nobody is.
    var states: [ProcessState?]
    /// Dots whose workers have messages waiting.
    var busy: [Int] = []
    /// Dots one of whose workers just died.
    var dead: [Int] = []
    var selection: CrowdSelection?
  }

  /// A selected worker in a crowd.
  struct CrowdSelection: Hashable, Sendable {
    var dot: Int
    /// Written beside the dot.
    var name: String
  }

  /// A spark between two shapes.
  struct Spark: Hashable, Sendable {
    var from: Int
    var to: Int
    /// Frames since it set off.
    var frame: Int
  }
}
