package import BubbleScripts

/// A supervision tree with behaving workers, and what happens to it when: one scenario file, read.
///
/// docs/SCENARIOS.md describes the file. A scenario is a plain value; `machine(seed:)` makes a
/// machine of it.
public struct Scenario: Hashable, Sendable {
  /// What it is called; the file's name without its ending unless the file says otherwise.
  public var name: String
  /// What it shows, in one line.
  public var summary: String
  /// The seed it wants to start with.
  public var seed: UInt64?
  /// How long each step of a restart holds the screen at first.
  public var beat: Duration?
  /// How fast time passes at first; 1 is real time.
  public var speed: Double?
  /// The other files that it was read from, their texts by the names they have in it.
  public internal(set) var files: [String: String] = [:]
  /// What could be written better in the file, and counts all the same.
  public internal(set) var hints: [ScenarioError.Problem] = []
  /// The root supervisor; or who starts the applications; or what stands for all the nodes.
  package var root: Child
  /// The network between the nodes, where there are several.
  package var network = Network()
  /// The releases that the machine may come to, the one that boots first; empty for a machine
  /// without releases.
  package var releases: [Release] = []
  /// What happens by itself at given instants, earliest first; in the order of the file within one.
  package var faults: [TimedCue]
  /// What somebody presents, step by step.
  package var script: Script

  package init(
    name: String, summary: String = "", seed: UInt64? = nil, beat: Duration? = nil,
    speed: Double? = nil, root: Child, faults: [TimedCue] = [],
    script: Script = Script()
  ) {
    self.name = name
    self.summary = summary
    self.seed = seed
    self.beat = beat
    self.speed = speed
    self.root = root
    self.faults = faults
    self.script = script
  }
}
