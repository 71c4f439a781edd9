import BubbleEvents
import BubbleTree
import Testing

/// What the strip of events and the log say.
@Suite struct NarrationTests {
  @Test func `a kill is told from the key to the last start`() throws {
    var experiment = try Experiment(demo: "shop", seconds: 3)
    experiment.request(.process(try experiment.pid("acceptor"), .kill), by: .key("x"))
    #expect(
      experiment.told == [
        "user | you pressed x: kill acceptor",
        "crashed | acceptor <6> exited: killed | ← you pressed x",
        "restarting | web_sup decides rest_for_one: stop 1, start 2 | 1 of 3",
        "stopping | conn_sup <7> stopping: shutdown | waits as long as it takes",
        "stopping | c3 <10> stopping: shutdown | killed if not done in 5.0 s",
        "stopped | c3 <10> stopped: shutdown | ← conn_sup is stopping",
        "stopping | c2 <9> stopping: shutdown | killed if not done in 5.0 s",
        "stopped | c2 <9> stopped: shutdown | ← conn_sup is stopping",
        "stopping | c1 <8> stopping: shutdown | killed if not done in 5.0 s",
        "stopped | c1 <8> stopped: shutdown | ← conn_sup is stopping",
        "stopped | conn_sup <7> stopped: shutdown | ← web_sup decided rest_for_one",
        "running | acceptor <13> started | life 2",
        "running | c1 <15> started | life 2",
        "running | c2 <16> started | life 2",
        "running | c3 <17> started | life 2",
        "running | conn_sup <14> started | life 2",
        "restarting | web_sup restarted acceptor <13>, conn_sup <14> | 1 of 3",
      ])
  }

  @Test func `giving up is told where it happens and where it leads`() throws {
    var experiment = try Experiment(
      "one_for_one", "{worker: a}, {worker: b}", intensity: "0 in 5 s")
    experiment.request(.process(try experiment.pid("a"), .kill), by: .key("x"))
    #expect(
      experiment.told == [
        "user | you pressed x: kill a",
        "crashed | a <2> exited: killed | ← you pressed x",
        "gaveUp | top gives up: 1 restart in 5 s, 0 allowed",
        "stopping | b <3> stopping: shutdown | killed if not done in 5.0 s",
        "stopped | b <3> stopped: shutdown | ← top gave up",
        "gaveUp | top <1> exited: shutdown | ← top gave up",
      ])
  }

  @Test func `what is told later is told as it was then`() throws {
    var experiment = try Experiment("one_for_one", "{worker: a}")
    experiment.request(.process(try experiment.pid("a"), .kill), by: .key("x"))
    let before = experiment.told
    experiment.request(.process(try experiment.pid("a"), .kill), by: .key("x"))
    let again = Experiment.Retelling(experiment)
    #expect(again.lines(like: before) == before)
  }

  @Test func `a worker that fails by itself has only itself to blame`() throws {
    var experiment = try Experiment(
      "one_for_one", "{worker: a, ends: {after: 1500 ms, reason: bad_input, how: error}}")
    experiment.run(for: .seconds(2))
    #expect(
      experiment.told.prefix(2) == [
        "crashed | a <2> exited: bad_input | its own fault",
        "restarting | top decides one_for_one: start 1 | 1 of 3",
      ])
  }

  @Test func `an orderly end by itself is nobody's fault`() throws {
    var experiment = try Experiment(
      "one_for_one", "{worker: a, restart: transient, ends: {after: 1500 ms, reason: normal}}")
    experiment.run(for: .seconds(1))
    #expect(
      experiment.told == [
        "stopped | a <2> exited: normal", "stopped | a is not started again: transient, normal",
      ])
  }

  @Test func `a signal that a worker traps is told`() throws {
    var experiment = try Experiment("one_for_one", "{worker: a, traps_exits: true}")
    experiment.request(.process(try experiment.pid("a"), .exit(.failure("stop_it"))), by: .key("X"))
    #expect(
      experiment.told.prefix(2) == [
        "user | you pressed X: exit signal stop_it to a",
        "note | a <2> traps an exit signal: stop_it | ← you pressed X",
      ])
  }
}

extension Experiment {
  /// Tells all events that are kept once more, at the end.
  struct Retelling {
    private let told: [String]

    init(_ experiment: Experiment) {
      let tree = experiment.tree
      told = (0..<tree.recent.count).compactMap { offset in
        tree.narrate(tree.recent[offset: offset]).map(Experiment.text)
      }
    }

    /// The lines from the first of `lines` on, as many.
    func lines(like lines: [String]) -> [String] {
      guard let first = lines.first, let start = told.firstIndex(of: first) else { return [] }
      return Array(told[start...].prefix(lines.count))
    }
  }
}
