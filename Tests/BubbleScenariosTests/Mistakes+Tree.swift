extension ScenarioErrorTests {
  static let treeMistakes: [Mistake] = [
    Mistake(
      "a tree that is text", "tree: top\n",
      """
      my.yaml:1:7: a child is a mapping that begins with worker: or supervisor:; found "top"
      """),
    Mistake(
      "a tree without a value", "tree:\n",
      "my.yaml:1:6: a child is a mapping that begins with worker: or supervisor:; found nothing"),
    Mistake(
      "a worker at the top", "tree: {worker: a}\n",
      """
      my.yaml:1:7: the tree begins with a supervisor; "a" is a worker
      """),
    Mistake(
      "no children", "tree: {supervisor: top, children: []}\n",
      """
      my.yaml:1:35: the root "top" has no children, so there is nothing to see
      """),
    Mistake(
      "children left out", "tree: {supervisor: top}\n",
      """
      my.yaml:1:7: "top" needs children or a template
      """),
    Mistake(
      "children that are no list", "tree: {supervisor: top, children: {worker: a}}\n",
      "my.yaml:1:35: children wants a list; found a mapping"),
    Mistake(
      "a child that is text", "tree: {supervisor: top, children: [a]}\n",
      """
      my.yaml:1:36: a child is a mapping that begins with worker: or supervisor:; found "a"
      """),
    Mistake(
      "a child that is neither", "tree: {supervisor: top, children: [{restart: permanent}]}\n",
      "my.yaml:1:36: a child says worker: or supervisor: with its id; here is neither"),
    Mistake(
      "a child that is both", "tree: {supervisor: top, children: [{worker: a, supervisor: b}]}\n",
      "my.yaml:1:36: a child is a worker or a supervisor, not both"),
    Mistake(
      "an unknown strategy",
      """
      tree:
        supervisor: top
        strategy: one_for_al
        children:
          - worker: a
      """,
      """
      my.yaml:3:13: unknown strategy "one_for_al"; did you mean "one_for_all"?
      """),
    Mistake(
      "a strategy in capitals",
      "tree: {supervisor: top, strategy: One-For-One, children: [{worker: a}]}\n",
      """
      my.yaml:1:35: unknown strategy "One-For-One"; did you mean "one_for_one"?
      """),
    Mistake(
      "a strategy that nothing is near to",
      "tree: {supervisor: top, strategy: chaos, children: [{worker: a}]}\n",
      """
      my.yaml:1:35: unknown strategy "chaos"; known: one_for_one, one_for_all, rest_for_one, simple_one_for_one
      """),
    Mistake(
      "a strategy that is a list",
      "tree: {supervisor: top, strategy: [a], children: [{worker: a}]}\n",
      "my.yaml:1:35: strategy wants one of one_for_one, one_for_all, rest_for_one, simple_one_for_one; found a list"
    ),
    Mistake(
      "an intensity without a period",
      "tree: {supervisor: top, intensity: 3, children: [{worker: a}]}\n",
      """
      my.yaml:1:36: intensity wants restarts in whole seconds, such as 3 in 5 s; found "3"
      """),
    Mistake(
      "an intensity within half a second",
      "tree: {supervisor: top, intensity: 3 in 500 ms, children: [{worker: a}]}\n",
      """
      my.yaml:1:36: intensity wants restarts in whole seconds, such as 3 in 5 s; found "3 in 500 ms"
      """),
    Mistake(
      "an intensity with a wrong key",
      "tree: {supervisor: top, intensity: {restart: 3, seconds: 0}, children: [{worker: a}]}\n",
      """
      my.yaml:1:37: unknown key "restart" of an intensity; did you mean "restarts"?
      my.yaml:1:58: seconds wants a whole number from 1 to 1,000,000; found "0"
      """),
    Mistake(
      "an unknown restart type",
      "tree: {supervisor: top, children: [{worker: a, restart: permanant}]}\n",
      """
      my.yaml:1:57: unknown restart "permanant"; did you mean "permanent"?
      """),
    Mistake(
      "a shutdown that is not a time",
      "tree: {supervisor: top, children: [{worker: a, shutdown: never}]}\n",
      """
      my.yaml:1:58: shutdown wants milliseconds, a duration such as 5 s, infinity or brutal_kill; found "never"
      """),
    Mistake(
      "an unknown type", "tree: {supervisor: top, children: [{worker: a, type: wroker}]}\n",
      """
      my.yaml:1:54: unknown type "wroker"; did you mean "worker"?
      """),
    Mistake(
      "a flag that is a number",
      "tree: {supervisor: top, children: [{worker: a, traps_exits: 1}]}\n",
      """
      my.yaml:1:61: traps_exits wants true or false; found "1"
      """),
    Mistake(
      "a restart type for the root",
      "tree: {supervisor: top, restart: transient, children: [{worker: a}]}\n",
      "my.yaml:1:34: the root has no supervisor above it, so restart has no meaning here"),
    Mistake(
      "a strategy for a worker",
      "tree: {supervisor: top, children: [{worker: a, strategy: one_for_one}]}\n",
      "my.yaml:1:48: strategy is a key of a supervisor, not of a worker"),
    Mistake(
      "significant for nothing",
      "tree: {supervisor: top, children: [{worker: a, significant: true, restart: transient}]}\n",
      "my.yaml:1:61: significant has no effect here: auto_shutdown of the supervisor is never"),
    Mistake(
      "significant and permanent",
      "tree: {supervisor: top, auto_shutdown: any_significant, "
        + "children: [{worker: a, significant: true}]}\n",
      "my.yaml:1:93: a permanent child cannot be significant; make it transient or temporary"),
    Mistake(
      "the same id twice",
      """
      tree:
        supervisor: top
        children:
          - worker: a
          - worker: b
          - worker: a
      """,
      """
      my.yaml:6:7: a second child "a" of "top"; the first one is in line 4
      """),
    Mistake(
      "an id with control characters twice",
      #"tree: {supervisor: top, children: [{worker: "\e[2J"}, {worker: "\e[2J"}]}"#,
      #"""
      my.yaml:1:55: a second child "\u{1B}[2J" of "top"; the first one is in line 1
      """#),
    Mistake(
      "simple_one_for_one without children",
      "tree: {supervisor: top, strategy: simple_one_for_one}\n",
      """
      my.yaml:1:7: "top" is simple_one_for_one and wants a template for its children, or children \
      that bring their own specifications
      """),
    Mistake(
      "a template and children",
      "tree: {supervisor: top, template: {worker: a}, children: [{worker: a}]}\n",
      "my.yaml:1:58: children of a simple_one_for_one supervisor come from template and count"),
    Mistake(
      "a most of listed children",
      "tree: {supervisor: top, max_children: 3, children: [{worker: a}]}\n",
      "my.yaml:1:39: max_children goes with children that are added: simple_one_for_one"),
    Mistake(
      "more at the start than there may be",
      "tree: {supervisor: top, template: {worker: a}, count: 3, max_children: 2}\n",
      "my.yaml:1:55: count is more than max_children"),
    Mistake(
      "Elixir's words for an intensity",
      """
      tree:
        supervisor: top
        strategy: :one_for_all
        max_restarts: 7
        max_seconds: 9
        children:
          - id: db
      """,
      """
      my.yaml:3:13: unknown strategy ":one_for_all"; did you mean "one_for_all"?
      my.yaml:4:3: max_restarts is not a key of a supervisor; here it is intensity: 7 in 9 s
      my.yaml:5:3: max_seconds is not a key of a supervisor; here it is intensity: 7 in 9 s
      my.yaml:7:7: a child says worker: or supervisor: with its id; here is neither; did you mean worker: db?
      """),
    Mistake(
      "a period alone",
      "tree: {supervisor: top, period: 10, children: [{worker: a}]}\n",
      "my.yaml:1:25: period is not a key of a supervisor; here it is intensity: 3 in 10 s"),
    Mistake(
      "a merge with a number", "tree: {supervisor: top, <<: 3, children: [{worker: a}]}\n",
      "my.yaml:1:29: << takes over the keys of a mapping, or of a list of mappings, such as <<: *base"
    ),
    Mistake(
      "a template under one_for_one",
      "tree: {supervisor: top, strategy: one_for_one, template: {worker: a}}\n",
      "my.yaml:1:35: a template goes with simple_one_for_one only"),
    Mistake(
      "auto_shutdown with a template",
      "tree: {supervisor: top, auto_shutdown: any_significant, template: {worker: a}}\n",
      "my.yaml:1:40: auto_shutdown must be never with simple_one_for_one"),
    Mistake(
      "count with children", "tree: {supervisor: top, count: 3, children: [{worker: a}]}\n",
      """
      my.yaml:1:32: count goes with template; "top" lists its children
      """),
    Mistake(
      "a count that is too large",
      "tree: {supervisor: top, template: {worker: a}, count: 1_000_001}\n",
      """
      my.yaml:1:55: count wants a whole number from 0 to 1,000,000; found "1_000_001"
      """),
    Mistake(
      "a count within a template",
      """
      tree:
        supervisor: top
        template:
          supervisor: inner
          template: {worker: a}
          count: 2000
        count: 2000
      """, "my.yaml:6:12: a supervisor within a template begins empty, so count has no meaning here"
    ),
    Mistake(
      "templates that multiply",
      """
      tree:
        supervisor: top
        template:
          supervisor: inner
          children: [{worker: a}, {worker: b}]
        count: 1_000_000
      """, "my.yaml:2:3: the tree would start 3,000,001 processes; at most 1,000,000"),
    Mistake(
      "a tree that is too deep",
      "tree: " + (1...257).map { "{supervisor: s\($0), children: [" }.joined() + "{worker: a}"
        + String(repeating: "]}", count: 257), "my.yaml:1:7579: the tree is deeper than 256 levels"),
    Mistake(
      "three mistakes at once",
      """
      nmae: x
      tree:
        supervisor: top
        strategy: one_for_tow
        children:
          - worker: a
            restart: sometimes
      """,
      """
      my.yaml:1:1: unknown key "nmae" of a scenario; did you mean "name"?
      my.yaml:4:13: unknown strategy "one_for_tow"; did you mean "one_for_one"?
      my.yaml:7:16: unknown restart "sometimes"; known: permanent, transient, temporary
      """),
  ]
}
