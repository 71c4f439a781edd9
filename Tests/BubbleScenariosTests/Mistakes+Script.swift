extension ScenarioErrorTests {
  private static func script(_ steps: String) -> String {
    """
    tree:
      supervisor: top
      children:
        - worker: cache
        - supervisor: pool_sup
          template: {worker: c}
    faults: \(steps)
    """
  }

  static let scriptMistakes: [Mistake] = [
    Mistake(
      "a script that is text", script("now"),
      """
      my.yaml:7:9: faults wants a list of at most 10,000 steps; found "now"
      """),
    Mistake(
      "a step that is text", script("[now]"),
      """
      my.yaml:7:10: a step is a mapping of keys to values; found "now"
      """),
    Mistake(
      "a step without an instant", script("[{kill: cache}]"),
      "my.yaml:7:10: at is missing: it says when the step happens"),
    Mistake(
      "an instant without a unit", script("[{at: 10, kill: cache}]"),
      """
      my.yaml:7:15: at wants a duration such as 500 ms or 10.3 s; found "10"
      """),
    Mistake(
      "a step that does nothing", script("[{at: 1 s}]"),
      "my.yaml:7:10: a step does or says something; here is neither"),
    Mistake(
      "a step that does two things", script("[{at: 1 s, kill: cache, suspend: cache}]"),
      "my.yaml:7:10: a step does one thing; here are kill and suspend"),
    Mistake(
      "an unknown deed", script("[{at: 1 s, kil: cache}]"),
      """
      my.yaml:7:20: unknown key "kil" of a step; did you mean "kill"?
      """),
    Mistake(
      "a fault of somebody unknown", script("[{at: 1 s, kill: cach}]"),
      """
      my.yaml:7:26: nothing in the tree is called "cach"; did you mean "cache"?
      """),
    Mistake(
      "a fault of a list", script("[{at: 1 s, kill: [cache]}]"),
      "my.yaml:7:26: kill wants the id of a process; found a list"),
    Mistake(
      "a dynamic child that cannot be", script("[{at: 1 s, kill: 'cache/#1'}]"),
      """
      my.yaml:7:26: nothing in the tree is called "cache/#1"
      """),
    Mistake(
      "an exit without a reason", script("[{at: 1 s, exit: cache}]"),
      "my.yaml:7:26: exit wants a reason, such as shutdown or badarg"),
    Mistake(
      "a part of the state without its value", script("[{at: 1 s, set: cache, field: hits}]"),
      "my.yaml:7:25: set wants a field of the state and its value: field: hits, value: 100"),
    Mistake(
      "a reason for a kill", script("[{at: 1 s, kill: cache, reason: badarg}]"),
      "my.yaml:7:41: reason goes with exit only"),
    Mistake(
      "a restart of the root", script("[{at: 1 s, restart: top}]"),
      "my.yaml:7:29: nobody supervises the root, so nobody can restart it"),
    Mistake(
      "starting under a plain supervisor", script("[{at: 1 s, start: top}]"),
      """
      my.yaml:7:27: start wants child: what is added to "top"
      """),
    Mistake(
      "a change of nothing", script("[{at: 1 s, change: top}]"),
      "my.yaml:7:10: change wants a strategy, an intensity or auto_shutdown"),
    Mistake(
      "a change of a worker", script("[{at: 1 s, change: cache, strategy: one_for_all}]"),
      """
      my.yaml:7:28: change wants a supervisor; "cache" is a worker
      """),
    Mistake(
      "a change to simple_one_for_one",
      script("[{at: 1 s, change: top, strategy: simple_one_for_one}]"),
      "my.yaml:7:43: a supervisor cannot change to or from simple_one_for_one"),
    Mistake(
      "a dynamic supervisor that becomes static",
      script("[{at: 1 s, change: pool_sup, strategy: one_for_all}]"),
      "my.yaml:7:48: a supervisor cannot change to or from simple_one_for_one"),
  ]
}
