/// The keys that one kind of mapping in a scenario file may have; the grammar is these tables.
protocol ScenarioKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// What the mapping is called in an error: `a worker`.
  static var subject: String { get }
  /// Keys of related mappings, and whose they are.
  static var elsewhere: [String: String] { get }
  /// What a word of Erlang's or Elixir's is here, given the values of the mapping that it is in.
  static func translation(of word: String, in values: (String) -> String?) -> String?
}

extension ScenarioKey {
  static var elsewhere: [String: String] { [:] }
  static func translation(of word: String, in values: (String) -> String?) -> String? { nil }
  static var words: [String] { allCases.map(\.rawValue) }
  static func has(_ word: String) -> Bool { Self(rawValue: word) != nil }

  fileprivate static func belonging(to subject: String) -> [String: String] {
    Dictionary(uniqueKeysWithValues: words.map { ($0, subject) })
  }
}

enum FileKey: String, ScenarioKey {
  case name, description, seed, speed, beat, anchors, nodes, network, tree, applications
  case release, upgrades, faults, script
  static let subject = "a scenario"
}

enum NodeKey: String, ScenarioKey {
  case node, tree, applications, hidden, starts
  static let subject = "a node"

  static func translation(of word: String, in values: (String) -> String?) -> String? {
    word == "name" ? "the name itself, behind \(node.rawValue): at the beginning" : nil
  }
}

enum NetworkKey: String, ScenarioKey {
  case latency, cables, connect
  case preventsOverlaps = "prevent_overlapping_partitions"
  case tickTime = "net_ticktime"
  case setUpTime = "net_setuptime"
  static let subject = "the network"
}

enum CableKey: String, ScenarioKey {
  case between, latency
  static let subject = "a cable"
}

enum WorkerKey: String, ScenarioKey {
  case worker, module, restart, shutdown, type, significant
  case trapsExits = "traps_exits"
  case work, tick, calls, casts, starts, ends, start, stop, state
  case states, handlers, adds, swaps, deletes, agent, registers, tasks, links, monitors
  case global, joins, forwards, remembers, leads
  case codeChange = "code_change"
  static let subject = "a worker"
  static let elsewhere = SupervisorKey.belonging(to: "a supervisor")

  static func translation(of word: String, in values: (String) -> String?) -> String? {
    switch word {
    case "trap_exit": "\(trapsExits.rawValue): \(values(word) ?? "true")"
    case "name", "id":
      "the id itself, behind \(worker.rawValue): or \(supervisor): at the beginning"
    case "modules": module.rawValue
    case "init": start.rawValue
    case "terminate": stop.rawValue
    default: nil
    }
  }

  private static let supervisor = SupervisorKey.supervisor.rawValue
}

enum SupervisorKey: String, ScenarioKey {
  case supervisor, module, restart, shutdown, type, significant
  case strategy, intensity
  case autoShutdown = "auto_shutdown"
  case children, template, count
  case maxChildren = "max_children"
  case partitions, registry, tasks
  static let subject = "a supervisor"
  static let elsewhere = WorkerKey.belonging(to: "a worker")

  static func translation(of word: String, in values: (String) -> String?) -> String? {
    switch word {
    case "max_restarts", "max_seconds", "period":
      let restarts = values("max_restarts") ?? values(intensity.rawValue) ?? "3"
      let seconds = values("max_seconds") ?? values("period") ?? "5"
      return "\(intensity.rawValue): \(restarts) in \(seconds) s"
    case "name", "id", "modules": return WorkerKey.translation(of: word, in: values)
    case "max_partitions": return partitions.rawValue
    default: return nil
    }
  }

  /// The keys of a supervisor's own child specification, which the root has none of.
  static let ofChild: [SupervisorKey] = [.restart, .shutdown, .type, .significant]
}

enum ApplicationKey: String, ScenarioKey {
  case application, file, description, version, restart, needs, optional, includes, env, phases
  case start, stop, tree
  case appup
  case appupFile = "appup_file"
  static let subject = "an application"

  /// The keys that an `.app` file stands for.
  static let ofFile: [ApplicationKey] = [
    .description, .version, .needs, .optional, .includes, .env,
  ]
  /// The keys that say how an application starts by itself.
  static let ofBoot: [ApplicationKey] = [.restart, .phases, .start, .stop]
}

enum ApplicationStartKey: String, ScenarioKey {
  case takes, fails, reason, how
  static let subject = "the start of an application"
}

enum UpgradeKey: String, ScenarioKey {
  case release, applications, removes
  static let subject = "an upgrade"
}

enum PhaseKey: String, ScenarioKey {
  case phase, takes, fails, reason, how
  static let subject = "a phase"
}

enum IncludedKey: String, ScenarioKey {
  case application, restart, shutdown, type, significant
  static let subject = "an included application"
}

enum IntensityKey: String, ScenarioKey {
  case restarts, seconds
  static let subject = "an intensity"
}

enum CallKey: String, ScenarioKey {
  case to, every, timeout, message, key, update
  case onFailure = "on_failure"
  static let subject = "a call"
}

enum CastKey: String, ScenarioKey {
  case to, every, message, key, update
  static let subject = "a cast"
}

enum LeadingKey: String, ScenarioKey {
  case candidates, workers, heartbeat, majority
  static let subject = "leads"
}

enum RecipientKey: String, ScenarioKey {
  case global, leader, group
  case allOf = "all_of"
  static let subject = "to"
}

enum GlobalKey: String, ScenarioKey {
  case name, resolver, taken, lost
  static let subject = "global"
}

enum StartingKey: String, ScenarioKey {
  case under, child, every, most, at
  static let subject = "starts"
}

enum EndKey: String, ScenarioKey {
  case onMessage = "on_message"
  case chance, after, reason, how
  static let subject = "ends"
}

enum StartKey: String, ScenarioKey {
  case takes, fails, reason, how, ignores, calls
  static let subject = "start"
}

enum StopKey: String, ScenarioKey {
  case takes, reason
  static let subject = "stop"
}

enum LinkKey: String, ScenarioKey {
  case process
  case onExit = "on_exit"
  case reason
  static let subject = "a link"
}

enum MonitorKey: String, ScenarioKey {
  case process
  case onDown = "on_down"
  case reason
  static let subject = "a monitor"
}

enum CodeChangeKey: String, ScenarioKey {
  case fails
  static let subject = "code_change"
}

enum StateKey: String, ScenarioKey {
  case on, enter, after, next
  static let subject = "a state"
}

enum HandlerKey: String, ScenarioKey {
  case handler, fails
  static let subject = "a handler"
}

enum GuardKey: String, ScenarioKey {
  case handler, to, fails
  static let subject = "adds"
}

enum DeletionKey: String, ScenarioKey {
  case handler, of, after
  static let subject = "deletes"
}

enum SwapKey: String, ScenarioKey {
  case handler, of, after, by, fails
  static let subject = "swaps"
}

enum RegisteringKey: String, ScenarioKey {
  case `in`, key, value
  static let subject = "registers"
}

enum TaskingKey: String, ScenarioKey {
  case task, under, every, takes, fails, reason, await, linked, count, restart
  case atOnce = "at_once"
  static let subject = "tasks"
}

enum CueKey: String, ScenarioKey {
  case at, say, ask, answers, answer, select, view, preview
  case kill, exit, suspend, resume, send, set, restart, terminate, delete, start, change
  case startApp = "start_app"
  case stopApp = "stop_app"
  case install, reboot
  case makePermanent = "make_permanent"
  case cut, heal
  case stopNode = "stop_node"
  case startNode = "start_node"
  case reason, message, field, value, strategy, intensity, child, `as`
  case autoShutdown = "auto_shutdown"
  case wait, expect
  static let subject = "a step"

  /// The keys that say what is done, and to which process.
  static let actions: [CueKey] = [
    .kill, .exit, .suspend, .resume, .send, .set, .restart, .terminate, .delete, .start, .change,
    .startApp, .stopApp, .install, .makePermanent, .reboot, .cut, .heal, .stopNode, .startNode,
  ]
  /// The keys that are about nodes and the network between them.
  static let ofNodes: [CueKey] = [.cut, .heal, .stopNode, .startNode]
  /// The keys that change the release of the machine.
  static let ofReleases: [CueKey] = [.install, .makePermanent, .reboot]
  /// The keys that only the steps of a script have: somebody presents these.
  static let ofCues: [CueKey] = [
    .ask, .answers, .answer, .select, .view, .preview, .wait, .expect,
  ]
}

enum WaitKey: String, ScenarioKey {
  case started, restarted, crashed, stopped
  case gaveUp = "gave_up"
  case installed, state, `is`, time, within
  case connected, disconnected, global, leader, group
  case nodeUp = "node_up"
  case nodeDown = "node_down"
  static let subject = "wait"

  /// What may have happened to a process.
  static let happenings: [WaitKey] = [.started, .restarted, .crashed, .stopped, .gaveUp]
}

enum ExpectKey: String, ScenarioKey {
  case running, down, lives, budget, state, release
  case connected, disconnected, global, leader, group
  case nodeUp = "node_up"
  case nodeDown = "node_down"
  static let subject = "expect"
}

/// What may be true of a cluster; these keys are those of `WaitKey` and `ExpectKey`, too.
enum ConditionKey: String, CaseIterable {
  case connected, disconnected, global, leader, group
  case nodeUp = "node_up"
  case nodeDown = "node_down"
}
