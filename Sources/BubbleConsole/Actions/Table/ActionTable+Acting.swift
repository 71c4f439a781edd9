import BubbleCells
import BubbleEvents
import BubbleTree

extension ActionTable {
  static let acting: [Action] = [
    Action(
      "kill", keys: [.character("x")], command: "kill", argument: "[NAME|<PID>]",
      help: "kill; shows it first", group: .act, in: Set.watching.union(Set.scripted),
      needs: [.acts, .previews],
      word: "kill…",
      places: [.browse: 10, .past: 60, .running: 60, .lab: 10],
      wordNow: ProcessActions.killWord, choices: { $0.names() },
      run: ProcessActions.kill
    ),
    Action(
      "reason", keys: [.character("X")], command: "exit", argument: "[REASON]",
      help: "with another reason", group: .act, in: .acting.union([.lab]),
      needs: [.acts, .previews], word: "other reason", places: [.preview: 20],
      choices: { _ in ExitReasonChoices.usual },
      run: ProcessActions.exit),
    Action(
      "start", keys: [.character("r")], command: "start", argument: "[NAME]",
      help: "start a stopped child or node", brief: "start child or node",
      group: .act, in: .watching, needs: [.acts],
      word: "start…", places: [.browse: 11],
      wordNow: { $0.selectedNode.map { $0.node != nil && $0.pid == nil } == true ? "start…" : "" },
      choices: { $0.names() }, run: ProcessActions.start),
    Action(
      "stop", keys: [.character("d")], command: "stop", argument: "[NAME]",
      help: "stop it for good",
      group: .act, in: .watching, needs: [.acts], choices: { $0.names() },
      run: ProcessActions.stop),
    Action(
      "cable", keys: [.character("y")], help: "cut or heal a cable of the node",
      brief: "cut, heal a cable",
      group: .act, in: .watching, needs: [.acts, .previews],
      word: "cable…", places: [.browse: 25],
      wordNow: { $0.shownTree.cluster.nodes.count > 1 ? "cable…" : "" }, run: ClusterActions.cable),
    Action(
      "cut", command: "cut", argument: "[NODE … | NODE …]",
      help: "cut the cables between nodes; shows it first", needs: [.acts, .previews],
      isForLab: true, choices: ClusterActions.choices, run: ClusterActions.cut),
    Action(
      "heal", command: "heal", argument: "[NODE … | NODE …]",
      help: "make the cables between nodes whole; shows it first", needs: [.acts, .previews],
      isForLab: true, choices: ClusterActions.choices, run: ClusterActions.heal),
    Action(
      "suspend", keys: [.character("z")], command: "suspend", help: "suspend, resume",
      group: .act, in: .watching, needs: [.acts], run: ProcessActions.suspend),
    Action(
      "strategy", keys: [.character("s")], command: "strategy", argument: "[STRATEGY]",
      help: "strategy", group: .act, in: .acting,
      needs: [.acts], word: "strategy", places: [.browse: 70, .preview: 30],
      choices: { _ in SupervisionStrategy.changeable.map(\.rawValue) },
      run: SupervisorActions.strategy),
    Action(
      "intensity", keys: [.character("i")], command: "intensity", argument: "[N in S]",
      help: "intensity", group: .act, in: .acting,
      needs: [.acts], word: "intensity", places: [.browse: 80],
      choices: { _ in SupervisorActions.intensities },
      run: SupervisorActions.intensity),
    Action(
      "chaos", keys: [.character("C")], command: "chaos",
      argument: "[RATE|off] [seed=N] [target=ID] [reason=R]", help: "faults by chance, on and off",
      brief: "chaos, on and off", group: .act, in: .acting, needs: [.acts],
      choices: { _ in ChaosActions.choices },
      run: ChaosActions.toggle),
    Action(
      "send", command: "send", argument: "TERM", help: "send the selection a message",
      needs: [.acts], run: ProcessActions.send),
    Action(
      "set", command: "set", argument: "FIELD TERM",
      help: "give a part of the selection's state another value",
      needs: [.acts], choices: { $0.inspection?.state.map(\.name) ?? [] }, run: ProcessActions.set),
    Action(
      "add", command: "add", argument: "[TERM, …]",
      help: "add a child: one more of a template, or the one of that id", needs: [.acts],
      run: ProcessActions.add),
    Action(
      "app", command: "app", argument: "[list|start NAME [TYPE]|stop NAME]",
      help: "list, start and stop applications", choices: ApplicationActions.choices,
      run: ApplicationActions.command),
    Action(
      "release", command: "release",
      argument: "[list|install VERSION|permanent VERSION|reboot VERSION]",
      help: "change the release that the machine runs", choices: ReleaseActions.choices,
      run: ReleaseActions.command),
    Action(
      "delete", command: "delete", help: "forget a stopped child", needs: [.acts],
      run: ProcessActions.delete),
    Action(
      "mark", keys: [.character("m")], command: "mark",
      help: "mark with * in tree, table and time", brief: "mark", group: .act, in: .browsing,
      run: ViewActions.mark),
  ]
}
