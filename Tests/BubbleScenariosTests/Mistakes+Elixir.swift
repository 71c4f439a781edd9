extension ScenarioErrorTests {
  private static func tree(_ child: String) -> String {
    """
    tree:
      supervisor: top
      children:
        - {supervisor: one, registry: unique}
        - {supervisor: many, registry: duplicate}
        - {supervisor: four, partitions: 4, template: {worker: w}}
        - {supervisor: sums, partitions: 2, template: {worker: s, agent: 0}}
        - {supervisor: jobs, tasks: 3}
        - {worker: sum, agent: 0}
        - \(child)
    """
  }

  private static func worker(_ properties: String) -> String {
    tree("{worker: a, \(properties)}")
  }

  static let elixirMistakes: [Mistake] = [
    Mistake("nothing wrong", tree("{worker: a}"), "it was read"),
    Mistake(
      "a registry of an unknown kind", tree("{supervisor: r, registry: uniqe}"),
      """
      my.yaml:10:33: unknown registry "uniqe"; did you mean "unique"?
      """),
    Mistake(
      "a registry with children", tree("{supervisor: r, registry: unique, children: []}"),
      "my.yaml:10:51: children has no meaning for a registry"),
    Mistake(
      "a registry with a strategy",
      tree("{supervisor: r, registry: unique, strategy: one_for_all}"),
      "my.yaml:10:51: strategy has no meaning for a registry"),
    Mistake(
      "a registry whose id is taken", tree("{supervisor: sum, registry: unique}"),
      """
      my.yaml:10:7: a second child "sum" of "top"; the first one is in line 9
      my.yaml:10:35: something else is called "sum", and this is found by its id
      """),
    Mistake(
      "a registry in a template",
      tree("{supervisor: t, template: {supervisor: r, registry: unique}}"),
      "my.yaml:10:59: registry has no meaning in a template: it is found by its id"),
    Mistake(
      "too many partitions", tree("{supervisor: p, partitions: 1001, template: {worker: x}}"),
      """
      my.yaml:10:35: partitions wants a whole number from 1 to 1,000; found "1001"
      """),
    Mistake(
      "partitions of nothing", tree("{supervisor: p, partitions: 2}"),
      "my.yaml:10:7: partitions wants a template, of which they are copies"),
    Mistake(
      "partitions with a count",
      tree("{supervisor: p, partitions: 2, count: 3, template: {worker: x}}"),
      "my.yaml:10:45: count has no meaning for a supervisor with partitions"),
    Mistake(
      "partitions without numbers",
      tree("{supervisor: p, partitions: 2, strategy: simple_one_for_one, template: {worker: x}}"),
      "my.yaml:10:48: partitions are numbered, so the strategy cannot be simple_one_for_one"),
    Mistake(
      "partitions that multiply",
      tree("{supervisor: p, partitions: 1000, template: {supervisor: q, children: []}}"),
      "it was read"),
    Mistake(
      "a number of tasks that is none", tree("{supervisor: t, tasks: few}"),
      """
      my.yaml:10:30: tasks wants a whole number from 1 to 1,000,000: how many at once, or infinity; found "few"
      """),
    Mistake(
      "a supervisor of tasks with children", tree("{supervisor: t, tasks: infinity, children: []}"),
      "my.yaml:10:50: children has no meaning for a supervisor of tasks"),
    Mistake(
      "an agent that ticks", worker("agent: 0, tick: 1 s"),
      "my.yaml:10:35: tick has no meaning for an agent"),
    Mistake(
      "an agent without a term", worker("agent: 'a b'"),
      """
      my.yaml:10:26: agent wants a term such as badarg or "{shutdown, done}"; found "a b"
      """),
    Mistake(
      "a key registered nowhere", worker("registers: {key: k}"),
      "my.yaml:10:30: in is missing: it names the other process"),
    Mistake(
      "no key to register", worker("registers: {in: one}"),
      "my.yaml:10:30: key is missing: it says what to register"),
    Mistake(
      "a key registered with a worker", worker("registers: {in: sum, key: k}"),
      """
      my.yaml:10:35: in wants a registry; "sum" is an agent
      """),
    Mistake(
      "a key that is none", worker("registers: {in: one, key: 8 to 1}"),
      """
      my.yaml:10:45: key wants a term such as lobby or "{room, 7}", or a range such as 1 to 8; found "8 to 1"
      """),
    Mistake(
      "a strange word beside a key", worker("registers: {in: one, keey: k}"),
      """
      my.yaml:10:30: key is missing: it says what to register
      my.yaml:10:40: unknown key "keey" of registers; did you mean "key"?
      """),
    Mistake(
      "a call to a registry without a key", worker("calls: {to: one}"),
      """
      my.yaml:10:26: key is missing: it says whom of "one" is meant
      """),
    Mistake(
      "a call to many", worker("calls: {to: many, key: k}"),
      """
      my.yaml:10:31: a call wants unique keys; those of "many" are duplicate
      """),
    Mistake(
      "a cast to partitions without a key", worker("casts: {to: four}"),
      """
      my.yaml:10:26: key is missing: it says whom of "four" is meant
      """),
    Mistake(
      "a call to a partition", worker("calls: {to: four/1}"),
      "my.yaml:10:31: a partition has no name; its supervisor finds it by key"),
    Mistake(
      "a key of a worker", tree("{worker: a, calls: {to: b, key: 1}}\n    - {worker: b}"),
      "my.yaml:10:39: key goes with a registry or a supervisor with partitions"),
    Mistake(
      "an update of a worker", tree("{worker: a, casts: {to: b, update: 1}}\n    - {worker: b}"),
      "my.yaml:10:42: update goes with an agent"),
    Mistake(
      "a message to an agent", worker("calls: {to: sum, message: hello}"),
      "my.yaml:10:45: message has no meaning for an agent; update has"),
    Mistake(
      "a cast to an agent that says nothing", worker("casts: {to: sums, key: 1 to 8}"),
      "my.yaml:10:26: update is missing: it says what becomes of the agent's value"),
    Mistake(
      "an update that is none", worker("casts: {to: sum, update: a b}"),
      """
      my.yaml:10:44: update wants a step such as +1, or a term; found "a b"
      """),
    Mistake(
      "tasks under a worker", worker("tasks: {under: sum}"),
      """
      my.yaml:10:34: under wants a supervisor of tasks; "sum" is an agent
      """),
    Mistake(
      "a task without a link or a supervisor", worker("tasks: {linked: false}"),
      "my.yaml:10:35: a task that is not linked wants under: a supervisor of tasks"),
    Mistake(
      "a link with tasks of a supervisor that nobody waits for",
      worker("tasks: {under: jobs, await: never, linked: true}"),
      "my.yaml:10:62: a task of a supervisor that nobody waits for is linked with that alone"),
    Mistake(
      "a task that is awaited and begun again",
      worker("tasks: {under: jobs, restart: transient}"),
      "my.yaml:10:49: a task that is waited for is never begun again; restart wants await: never"),
    Mistake(
      "a task without a supervisor that is begun again",
      worker("tasks: {await: never, restart: transient}"),
      "my.yaml:10:50: a task that is begun again wants under: a supervisor of tasks"),
    Mistake(
      "a wait that is none", worker("tasks: {await: long}"),
      """
      my.yaml:10:34: await wants a duration, infinity or never; found "long"
      """),
    Mistake(
      "some at once of one", worker("tasks: {at_once: 2}"),
      "my.yaml:10:36: at_once wants count: how many tasks there are"),
    Mistake(
      "a strange word of tasks", worker("tasks: {take: 1 s}"),
      """
      my.yaml:10:27: unknown key "take" of tasks; did you mean "takes"?
      """),
    Mistake(
      "more children of a registry",
      tree("{worker: a}") + "\nfaults:\n  - {at: 1 s, start: one}",
      """
      my.yaml:12:22: start wants a supervisor with a template; "one" is a registry
      """),
  ]
}
