extension ScenarioErrorTests {
  private static let two = "nodes: [a@x, b@x]\ntree: {supervisor: top, children: [{worker: w}]}\n"

  private static func worker(_ properties: String) -> String {
    "nodes: [a@x, b@x]\ntree:\n  supervisor: top\n  children:\n    - {worker: w, \(properties)}\n"
  }

  static let nodeMistakes: [Mistake] = [
    Mistake(
      "nodes that are no list", "nodes: a@x\n",
      "my.yaml:1:8: nodes wants a list of 1 to 20 nodes; found \"a@x\""),
    Mistake(
      "too many nodes", "nodes: [\((1...21).map { "n\($0)" }.joined(separator: ", "))]\n",
      "my.yaml:1:8: nodes wants a list of 1 to 20 nodes; found a list"),
    Mistake(
      "no tree anywhere", "nodes: [a@x]\n",
      "my.yaml:1:9: tree is missing: it holds the root supervisor of \"a@x\""),
    Mistake(
      "a node by the word of others",
      "nodes: [{name: a@x}]\ntree: {supervisor: top, children: [{worker: w}]}\n",
      """
      my.yaml:1:9: a node begins with node: and its name, such as a@shop
      my.yaml:1:10: name is not a key of a node; here it is the name itself, behind node: at the beginning
      """),
    Mistake(
      "two nodes of one name",
      "nodes: [a@x, a@x]\ntree: {supervisor: top, children: [{worker: w}]}\n",
      "my.yaml:1:14: a second node \"a@x\"; the first one is in line 1"),
    Mistake(
      "a name that is none",
      "nodes: [a@b@c]\ntree: {supervisor: top, children: [{worker: w}]}\n",
      "my.yaml:1:9: node wants the name of a node, such as a@shop, without spaces and slashes; "
        + "found \"a@b@c\""),
    Mistake(
      "a network without nodes",
      "tree: {supervisor: top, children: [{worker: w}]}\nnetwork: {latency: 5 ms}\n",
      "my.yaml:2:10: network goes with nodes only; this scenario is one machine"),
    Mistake(
      "an unknown key of the network", two + "network: {latncy: 5 ms}\n",
      "my.yaml:3:11: unknown key \"latncy\" of the network; did you mean \"latency\"?"),
    Mistake(
      "a cable to nobody", two + "network: {cables: [{between: [a, c], latency: 1 s}]}\n",
      "my.yaml:3:34: unknown node \"c\"; known: a@x, b@x"),
    Mistake(
      "a cable with one end", two + "network: {cables: [{between: [a], latency: 1 s}]}\n",
      "my.yaml:3:30: between wants the two nodes that the cable joins, such as [a, b]"),
    Mistake(
      "a time of ticks that is too short", two + "network: {net_ticktime: 5 ms}\n",
      "my.yaml:3:25: net_ticktime wants a duration of at least 1 s, such as 60 s; found \"5 ms\""),
    Mistake(
      "nodes and releases", two + "release: \"1\"\n",
      "my.yaml:3:10: release goes with a machine that stands alone, not with nodes"),
  ]

  static let nodeStepMistakes: [Mistake] = [
    Mistake(
      "a cut on one machine",
      "tree: {supervisor: top, children: [{worker: w}]}\nfaults: [{at: 1 s, cut: a}]\n",
      "my.yaml:2:25: cut goes with nodes only; this scenario is one machine"),
    Mistake(
      "a process that is on each node", two + "faults: [{at: 1 s, kill: w}]\n",
      "my.yaml:3:26: \"w\" is not unique; write one of \"a@x/w\", \"b@x/w\""),
    Mistake(
      "a misspelt process of a node", two + "faults: [{at: 1 s, kill: a/ww}]\n",
      "my.yaml:3:26: nothing in the tree is called \"a/ww\""),
    Mistake(
      "a misspelt node",
      "nodes: [east@x, west@x]\n"
        + "tree: {supervisor: top, children: [{worker: w}]}\n"
        + "faults: [{at: 1 s, stop_node: esat@x}]\n",
      "my.yaml:3:31: unknown node \"esat@x\"; did you mean \"east@x\"?"),
    Mistake(
      "a short name of two nodes",
      "nodes: [a@x, a@y]\n"
        + "tree: {supervisor: top, children: [{worker: w}]}\n"
        + "faults: [{at: 1 s, heal: [a, a@y]}]\n",
      "my.yaml:3:27: \"a\" is not unique; write one of \"a@x\", \"a@y\""),
    Mistake(
      "a node on two sides", two + "faults: [{at: 1 s, cut: [[a, b], b]}]\n",
      "my.yaml:3:34: \"b@x\" is on two sides"),
    Mistake(
      "one side", two + "faults: [{at: 1 s, cut: [a]}]\n",
      "my.yaml:3:25: cut wants a node, two nodes such as [a, b], or sides such as [[a, b], [c]]; "
        + "found a list"),
    Mistake(
      "the root of a node that is stopped", two + "faults: [{at: 1 s, terminate: a}]\n",
      "my.yaml:3:31: nobody supervises the root, so nobody can terminate it"),
    Mistake(
      "a condition on one machine",
      "tree: {supervisor: top, children: [{worker: w}]}\nscript: [{expect: {node_up: a}}]\n",
      "my.yaml:2:29: node_up goes with nodes only; this scenario is one machine"),
    Mistake(
      "a name without its holder", two + "script: [{wait: {global: king}}]\n",
      "my.yaml:3:26: global wants names with the processes that have them: {king: a/king}; "
        + "found \"king\""),
    Mistake(
      "a wait for two things", two + "script: [{wait: {node_up: a, node_down: b}}]\n",
      "my.yaml:3:17: wait wants one thing that happens; here are several"),
    Mistake(
      "one node that is connected", two + "script: [{expect: {connected: a}}]\n",
      "my.yaml:3:31: connected wants two nodes or more, such as [a, b]"),
  ]

  static let nodeWorkerMistakes: [Mistake] = [
    Mistake(
      "a global name on one machine",
      "tree: {supervisor: top, children: [{worker: w, global: king}]}\n",
      "my.yaml:1:56: global goes with nodes only; this scenario is one machine"),
    Mistake(
      "an unknown resolver", worker("global: {name: king, resolver: random_exit}"),
      "my.yaml:5:50: unknown resolver \"random_exit\"; known: random_exit_name, "
        + "random_notify_name, notify_all_name, none"),
    Mistake(
      "a global name without a name", worker("global: {taken: follow}"),
      "my.yaml:5:27: name is missing: it says which global name it takes"),
    Mistake(
      "a recipient that is nothing", worker("calls: {to: {}}"),
      "my.yaml:5:31: to wants one of these: global, leader, group, all_of; here are 0"),
    Mistake(
      "a call to all of a group", worker("calls: {to: {all_of: pool}}"),
      "my.yaml:5:31: a call goes to one process; all_of goes with casts"),
    Mistake(
      "a candidate that does something else", worker("leads: true, tick: 1 s"),
      "my.yaml:5:38: tick has no meaning for a candidate"),
    Mistake(
      "a candidate that is a worker, too", worker("leads: {candidates: [a, b], workers: b}"),
      "my.yaml:5:26: \"b@x\" is a candidate or a worker, not both"),
    Mistake(
      "children of another node",
      """
      nodes:
        - {node: a@x, tree: {supervisor: top, children: [{worker: w, starts: {under: b/crowd}}]}}
        - {node: b@x, tree: {supervisor: crowd, template: {worker: c}, count: 1}}
      """,
      "my.yaml:2:80: \"b@x\" is on another node; under wants one here"),
  ]
}
