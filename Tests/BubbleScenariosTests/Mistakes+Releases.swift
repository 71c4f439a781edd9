extension ScenarioErrorTests {
  /// A file with one application and an upgrade of it.
  private static func upgraded(
    _ appup: String, _ rest: String = "", version: String = "2", release: String = "2"
  ) -> String {
    """
    applications:
      - {application: db, version: "1", tree: {supervisor: top, children: [{worker: a}]}}
    upgrades:
      - release: "\(release)"
        applications:
          - application: db
            version: "\(version)"
            appup: '\(appup)'
            tree: {supervisor: top, children: [{worker: a, tick: 1 s}]}
    \(rest)
    """
  }

  private static let good =
    #"{"2", [{"1", [{update, a, soft}]}], [{"1", [{update, a, soft}]}]}."#

  static let releaseMistakes: [Mistake] = [
    Mistake(
      "upgrades of a tree", "tree: {supervisor: top, children: [{worker: a}]}\nupgrades: []\n",
      "my.yaml:2:11: upgrades goes with applications only; this scenario is one tree"),
    Mistake(
      "a release without upgrades", "applications: [{application: db}]\nrelease: 1\n",
      "my.yaml:2:10: release goes with upgrades, which say what the machine may come to"),
    Mistake(
      "an upgrade without a release",
      "applications: [{application: db}]\nupgrades: [{applications: []}]\n",
      "my.yaml:2:12: an upgrade begins with release: and its version"),
    Mistake(
      "an unknown key of an upgrade",
      "applications: [{application: db}]\nupgrades: [{release: 2, remove: db}]\n",
      """
      my.yaml:2:25: unknown key "remove" of an upgrade; did you mean "removes"?
      """),
    Mistake(
      "an application that is not there to be removed",
      "applications: [{application: db}]\nupgrades: [{release: 2, removes: bd}]\n",
      """
      my.yaml:2:34: unknown application "bd"; did you mean "db"?
      """),
    Mistake(
      "a changed application in the same version", upgraded(good, version: "1"),
      """
      my.yaml:6:9: "db" is in release "1" too, so here it wants another version; both have "1"
      """),
    Mistake(
      "a release that there is already", upgraded(good, release: "1"),
      """
      my.yaml:4:5: a second release "1"
      """),
    Mistake(
      "an appup that is not a term", upgraded("{"),
      "my.yaml:8:16: appup of db:1:2: found the end of the file where a term was expected"),
    Mistake(
      "a release that is not there", upgraded(good, "faults: [{at: 1 s, install: 3}]"),
      """
      my.yaml:10:29: unknown release "3"; did you mean "1"?
      """),
    Mistake(
      "an installation without releases",
      "applications: [{application: db}]\nfaults: [{at: 1 s, install: 3}]\n",
      "my.yaml:2:29: install goes with upgrades only; this scenario has one release"),
    Mistake(
      "a wait for a release that is not there",
      upgraded(good, "script: [{wait: {installed: 3}}]"),
      """
      my.yaml:10:29: unknown release "3"; did you mean "1"?
      """),
  ]
}
