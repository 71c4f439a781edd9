extension ScenarioErrorTests {
  static let applicationMistakes: [Mistake] = [
    Mistake(
      "a tree and applications",
      """
      tree: {supervisor: top, children: [{worker: a}]}
      applications: [{application: a}]
      """, "my.yaml:1:7: a scenario has a tree or applications, not both"),
    Mistake(
      "applications that are no list", "applications: {application: a}\n",
      "my.yaml:1:15: applications wants a list of at most 200 of them; found a mapping"),
    Mistake(
      "no applications", "applications: []\n",
      "my.yaml:1:15: there are no applications, so there is nothing to see"),
    Mistake(
      "an application that is text", "applications: [db]\n",
      """
      my.yaml:1:16: an application is a mapping of keys to values; found "db"
      """),
    Mistake(
      "an application without a name", "applications: [{version: 1}]\n",
      "my.yaml:1:16: an application begins with application: and its name"),
    Mistake(
      "an unknown key", "applications: [{application: db, verson: 1}]\n",
      """
      my.yaml:1:34: unknown key "verson" of an application; did you mean "version"?
      """),
    Mistake(
      "the same name twice", "applications:\n  - application: db\n  - application: db\n",
      """
      my.yaml:3:18: a second application "db"; the first one is in line 2
      """),
    Mistake(
      "a need that is misspelt",
      "applications:\n  - {application: web, needs: [bd]}\n  - application: db\n",
      """
      my.yaml:2:32: "web" needs "bd"; no application is called that; did you mean "db"?
      """),
    Mistake(
      "a need that is not there", "applications: [{application: web, needs: kernel}]\n",
      """
      my.yaml:1:42: "web" needs "kernel"; no application is called that; list it, be it as a library
      """),
    Mistake(
      "a circle of needs",
      """
      applications:
        - {application: a, needs: b}
        - {application: b, needs: [c]}
        - {application: c, needs: a}
      """, "my.yaml:2:5: applications need each other in a circle: a → b → c → a"),
    Mistake(
      "a need that does not start",
      "applications:\n  - {application: web, needs: db}\n  - {application: db, restart: load}\n",
      """
      my.yaml:2:31: "web" needs "db", which does not start: its restart is load
      """),
    Mistake(
      "an unknown restart type", "applications: [{application: db, restart: temporry}]\n",
      """
      my.yaml:1:43: unknown restart "temporry"; did you mean "temporary"?
      """),
    Mistake(
      "phases of a library", "applications: [{application: db, phases: [open]}]\n",
      """
      my.yaml:1:42: "db" is a library without a tree, so phases has no meaning here
      """),
    Mistake(
      "a phase without a name",
      "applications: [{application: a, phases: [{takes: 1 s}], "
        + "tree: {supervisor: s, children: [{worker: w}]}}]\n",
      "my.yaml:1:42: a phase begins with phase: and its name"),
    Mistake(
      "an environment that is a list", "applications: [{application: db, env: [1]}]\n",
      "my.yaml:1:39: env wants a mapping of parameters to terms; found a list"),
    Mistake(
      "a start that ignores",
      "applications: [{application: a, start: {ignores: 1}, "
        + "tree: {supervisor: s, children: [{worker: w}]}}]\n",
      """
      my.yaml:1:41: unknown key "ignores" of the start of an application; known: takes, fails, reason, how
      """),
    Mistake(
      "a worker at the top",
      "applications: [{application: a, tree: {worker: w}}]\n",
      """
      my.yaml:1:39: the tree begins with a supervisor; "w" is a worker
      """),
  ]

  /// One application in the tree of another.
  private static func including(_ children: String, _ includes: String = "includes: part, ")
    -> String
  {
    """
    applications:
      - {application: whole, \(includes)tree: {supervisor: top, children: [\(children)]}}
      - {application: part, tree: {supervisor: part_sup, children: [{worker: w}]}}
    """
  }

  static let inclusionMistakes: [Mistake] = [
    Mistake(
      "an inclusion of nobody", "applications: [{application: a, includes: [b]}]\n",
      """
      my.yaml:1:44: "a" includes "b"; no application is called that; list it, be it as a library
      """),
    Mistake(
      "an included application that stands nowhere", including("{worker: a}"),
      """
      my.yaml:3:5: "whole" includes "part", whose tree stands nowhere: write - application: part among its children
      """),
    Mistake(
      "an included application that stands twice",
      including("{application: part}, {supervisor: s, children: [{application: part}]}"),
      """
      my.yaml:2:139: "part" stands in the tree of "whole" already
      """),
    Mistake(
      "an application in a tree that does not include it",
      including("{application: part}", ""),
      """
      my.yaml:2:75: "whole" does not include "part"; write includes: part
      """),
    Mistake(
      "an application in a tree without applications",
      "tree: {supervisor: top, children: [{application: a}]}\n",
      "my.yaml:1:50: an application within a tree goes with applications only"),
    Mistake(
      "a restart type of an included application",
      """
      applications:
        - {application: a, includes: b}
        - {application: b, restart: temporary}
      """,
      """
      my.yaml:3:31: "a" includes "b" and starts its tree, so restart has no meaning here
      """),
    Mistake(
      "an application that two include",
      """
      applications:
        - {application: a, includes: c}
        - {application: b, includes: c}
        - {application: c}
      """,
      """
      my.yaml:3:32: "c" is included by "a" already
      """),
    Mistake(
      "a need that another includes",
      """
      applications:
        - {application: a, includes: c}
        - {application: b, needs: c}
        - {application: c}
      """,
      """
      my.yaml:3:29: "b" needs "c", which "a" includes and which therefore never runs by itself
      """),
  ]

  /// A step of the script of a machine with the application db.
  private static func step(_ step: String) -> String {
    """
    applications:
      - {application: db, tree: {supervisor: db_sup, children: [{worker: log}]}}
      - application: tools
    script:
      - {\(step)}
    """
  }

  static let applicationStepMistakes: [Mistake] = [
    Mistake(
      "a step about an application of a tree",
      "tree: {supervisor: top, children: [{worker: a}]}\nfaults: [{at: 1 s, stop_app: a}]\n",
      "my.yaml:2:30: stop_app goes with applications only; this scenario is one tree"),
    Mistake(
      "an unknown application", step("start_app: bd"),
      """
      my.yaml:5:17: unknown application "bd"; did you mean "db"?
      """),
    Mistake(
      "an unknown restart type of a start", step("start_app: db, as: permament"),
      """
      my.yaml:5:25: unknown as "permament"; did you mean "permanent"?
      """),
    Mistake(
      "a restart type for a stop", step("stop_app: db, as: permanent"),
      "my.yaml:5:24: as goes with start_app only"),
    Mistake(
      "a library as a process", step("kill: tools"),
      """
      my.yaml:5:12: kill wants a worker; "tools" is a library, which has no process
      """),
    Mistake(
      "a top supervisor as a child", step("terminate: db_sup"),
      "my.yaml:5:17: nobody supervises a top supervisor, so nobody can terminate it"),
    Mistake(
      "an application as a child", step("restart: db"),
      """
      my.yaml:5:15: restart wants a worker; "db" is an application
      """),
  ]
}
