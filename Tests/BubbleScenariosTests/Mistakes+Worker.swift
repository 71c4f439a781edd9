extension ScenarioErrorTests {
  private static func worker(_ properties: String) -> String {
    """
    tree:
      supervisor: top
      children:
        - worker: cache
        - supervisor: pool_sup
          template: {worker: c}
        - worker: a
          \(properties)
    """
  }

  static let workerMistakes: [Mistake] = [
    Mistake(
      "an unknown property", worker("tikc: 1 s"),
      """
      my.yaml:8:7: unknown key "tikc" of a worker; did you mean "tick"?
      """),
    Mistake(
      "a word of Erlang's in the place of a property", worker("trap_exit: true"),
      "my.yaml:8:7: trap_exit is not a key of a worker; here it is traps_exits: true"),
    Mistake(
      "a name beside the id", worker("name: alfred"),
      "my.yaml:8:7: name is not a key of a worker; here it is the id itself, behind worker: or "
        + "supervisor: at the beginning"),
    Mistake(
      "an atom of Elixir's as a word", worker("restart: :transient"),
      """
      my.yaml:8:16: unknown restart ":transient"; did you mean "transient"?
      """),
    Mistake(
      "an atom of Elixir's as a value", worker("shutdown: :brutal_kill"),
      """
      my.yaml:8:17: shutdown wants milliseconds, a duration such as 5 s, infinity or brutal_kill; \
      found ":brutal_kill"; did you mean "brutal_kill"?
      """),
    Mistake(
      "a number of Elixir's", worker("shutdown: 5_000"),
      """
      my.yaml:8:17: shutdown wants milliseconds, a duration such as 5 s, infinity or brutal_kill; \
      found "5_000"; did you mean "5000"?
      """),
    Mistake(
      "a swap without a successor", worker("swaps: {handler: log, of: cache, after: 1 s}"),
      "my.yaml:8:14: by is missing: it names the handler that takes its place"),
    Mistake(
      "a deletion at no time", worker("deletes: {handler: log, of: cache}"),
      "my.yaml:8:16: after is missing: the time from the worker's start"),
    Mistake(
      "a child of its own under a template",
      worker("starts: {under: pool_sup, child: {worker: x}}"),
      """
      my.yaml:8:40: the children of "top/pool_sup" are copies of its template
      """),
    Mistake(
      "nothing to add", worker("starts: {under: top}"),
      """
      my.yaml:8:23: start wants child: what is added to "top"
      """),
    Mistake(
      "a link with nobody", worker("links: cahce"),
      """
      my.yaml:8:14: nothing in the tree is called "cahce"; did you mean "cache"?
      """),
    Mistake(
      "a reaction that is none", worker("monitors: {process: cache, on_down: panic}"),
      """
      my.yaml:8:43: on_down wants stop or work; found "panic"
      """),
    Mistake(
      "a reason to go on", worker("links: {process: cache, reason: boom}"),
      "my.yaml:8:39: reason wants on_exit: stop"),
    Mistake(
      "children at another time", worker("starts: {under: pool_sup, at: end}"),
      "my.yaml:8:37: at is start: during the start of the worker itself"),
    Mistake(
      "children at the start and at intervals",
      worker("starts: {under: pool_sup, at: start, every: 1 s}"),
      "my.yaml:8:51: every has no meaning beside at: start"),
    Mistake(
      "a call again and again during a start",
      worker("start: {calls: {to: cache, every: 1 s}}"),
      "my.yaml:8:41: every has no meaning during a start"),
    Mistake(
      "a stop with an unknown key", worker("traps_exits: true\n      stop: {tkaes: 1 s}"),
      """
      my.yaml:9:14: unknown key "tkaes" of stop; did you mean "takes"?
      """),
    Mistake(
      "a state that is not there", worker("states: {open: {on: {push: lokced}}, locked: {}}"),
      """
      my.yaml:8:34: unknown state "lokced"; did you mean "locked"?
      """),
    Mistake(
      "a state with an unknown key", worker("states: {open: {afetr: 1 s}}"),
      """
      my.yaml:8:23: unknown key "afetr" of a state; did you mean "after"?
      """),
    Mistake(
      "a time without a next state", worker("states: {open: {after: 1 s}}"),
      "my.yaml:8:30: after wants next: the state that follows then"),
    Mistake(
      "a next state without a time", worker("states: {open: {next: open}}"),
      "my.yaml:8:29: next wants after: the time after which it follows"),
    Mistake(
      "a state machine that ticks", worker("states: {open: {}}\n      tick: 1 s"),
      "my.yaml:9:13: tick has no meaning for a state machine"),
    Mistake(
      "states that are a list", worker("states: [open]"),
      "my.yaml:8:15: states wants a mapping of 1 to 100 names to what each state does; found a list"
    ),
    Mistake(
      "a state named like a deed", worker("states: {postpone: {}}"),
      """
      my.yaml:8:16: a state has a name of its own, not "postpone"
      """),
    Mistake(
      "a reaction to nothing", worker("states: {open: {on: push}}"),
      """
      my.yaml:8:27: on wants a mapping of messages to a state, stay, postpone or crash; found "push"
      """),
    Mistake(
      "a handler with an unknown key", worker("handlers: {handlre: log}"),
      """
      my.yaml:8:17: handler is missing: it names the handler
      my.yaml:8:18: unknown key "handlre" of a handler; did you mean "handler"?
      """),
    Mistake(
      "a handler added to nobody", worker("adds: {handler: log, to: cahce}"),
      """
      my.yaml:8:32: nothing in the tree is called "cahce"; did you mean "cache"?
      """),
    Mistake(
      "a handler without a name", worker("adds: {to: cache}"),
      "my.yaml:8:13: handler is missing: it names the handler"),
    Mistake(
      "a handler that fails at times", worker("handlers: {handler: log, fails: sometimes}"),
      """
      my.yaml:8:39: fails wants numbers such as 2, 2-4, 1, 3- or always; found "sometimes"
      """),
    Mistake(
      "a tick that is not a time", worker("tick: often"),
      """
      my.yaml:8:13: tick wants a duration such as 500 ms, or a range such as 1 s to 3 s, at least 1 ms; found "often"
      """),
    Mistake(
      "a tick of nothing", worker("tick: 0 s"),
      """
      my.yaml:8:13: tick wants a duration such as 500 ms, or a range such as 1 s to 3 s, at least 1 ms; found "0 s"
      """),
    Mistake(
      "a range that runs backwards", worker("work: 2 s to 1 s"),
      """
      my.yaml:8:13: work wants a duration such as 500 ms, or a range such as 1 s to 3 s; found "2 s to 1 s"
      """),
    Mistake(
      "a call to nobody", worker("calls: {every: 1 s}"),
      "my.yaml:8:14: to is missing: it names the other process"),
    Mistake(
      "a call to somebody unknown", worker("calls: {to: cahce}"),
      """
      my.yaml:8:19: nothing in the tree is called "cahce"; did you mean "cache"?
      """),
    Mistake(
      "a call to nothing near", worker("calls: {to: warehouse}"),
      """
      my.yaml:8:19: nothing in the tree is called "warehouse"
      """),
    Mistake(
      "a call to a supervisor", worker("calls: {to: pool_sup}"),
      """
      my.yaml:8:19: to wants a worker; "pool_sup" is a supervisor with a template
      """),
    Mistake(
      "a call to a dynamic child", worker("calls: {to: 'pool_sup/#1'}"),
      "my.yaml:8:19: a dynamic child has no name by which it could be reached"),
    Mistake(
      "a call with a wrong key", worker("calls: {to: cache, evry: 1 s}"),
      """
      my.yaml:8:26: unknown key "evry" of a call; did you mean "every"?
      """),
    Mistake(
      "calls that are text", worker("calls: cache"),
      """
      my.yaml:8:14: a call is a mapping of keys to values; found "cache"
      """),
    Mistake(
      "a time-out that is none", worker("calls: {to: cache, timeout: soon}"),
      """
      my.yaml:8:35: timeout wants a duration or infinity; found "soon"
      """),
    Mistake(
      "a cast with a time-out", worker("casts: {to: cache, timeout: 1 s}"),
      """
      my.yaml:8:26: unknown key "timeout" of a cast; known: to, every, message, key, update
      """),
    Mistake(
      "a message that is not a term", worker("casts: {to: cache, message: 'a b'}"),
      """
      my.yaml:8:35: message wants a term such as badarg or "{shutdown, done}"; found "a b"
      """),
    Mistake(
      "starting under a worker", worker("starts: {under: cache}"),
      """
      my.yaml:8:23: under wants a supervisor with a template; "cache" is a worker
      """),
    Mistake(
      "an end without a when", worker("ends: {reason: badarg}"),
      "my.yaml:8:13: ends says when: on_message, chance or after"),
    Mistake(
      "an impossible chance", worker("ends: {chance: 120 %}"),
      """
      my.yaml:8:22: chance wants a probability such as 2 % or 0.02; found "120 %"
      """),
    Mistake(
      "an end on message 0", worker("ends: {on_message: 0}"),
      """
      my.yaml:8:26: on_message wants a whole number from 1 to 2,147,483,647; found "0"
      """),
    Mistake(
      "an unknown manner", worker("ends: {after: 1 s, how: exti}"),
      """
      my.yaml:8:31: unknown how "exti"; did you mean "exit"?
      """),
    Mistake(
      "starts that are no numbers", worker("start: {fails: 4-2}"),
      """
      my.yaml:8:22: fails wants numbers such as 2, 2-4, 1, 3- or always; found "4-2"
      """),
    Mistake(
      "a start that is text", worker("start: slowly"),
      """
      my.yaml:8:14: start is a mapping of keys to values; found "slowly"
      """),
    Mistake(
      "a stop without trapping", worker("stop: 1 s"),
      "my.yaml:8:13: stop wants traps_exits: true; a worker that does not trap exits ends at once"),
    Mistake(
      "a stop that is not a time", worker("traps_exits: true\n      stop: never"),
      """
      my.yaml:9:13: stop wants a duration such as 500 ms, or a range such as 1 s to 3 s; found "never"
      """),
    Mistake(
      "a state that is a list", worker("state: [a]"),
      "my.yaml:8:14: state wants a mapping of at most 20 names to values"),
    Mistake(
      "a state of lists", worker("state: {a: [1]}"),
      "my.yaml:8:18: a part of the state is a name and a value of at most 200 characters"),
    Mistake(
      "an id that two supervisors use",
      """
      tree:
        supervisor: top
        children:
          - {supervisor: left, children: [{worker: w}]}
          - {supervisor: right, children: [{worker: w}]}
          - {worker: a, calls: {to: w}}
      """,
      """
      my.yaml:6:31: "w" is not unique; write one of "top/left/w", "top/right/w"
      """),
  ]
}
