import BubbleConsole
import BubbleEvents
import BubbleScenarios
import BubbleSession
import BubbleTree

extension Scenario {
  /// Whether its start is worth watching: applications start one after the other, by need.
  var showsStart: Bool { !applications.isEmpty }

  /// The script as a session presents it; nil when the scenario has none.
  var stageScript: StageScript? {
    script.isEmpty ? nil : StageScript(script.map(StageScript.Cue.init))
  }
}

extension StageScript.Cue {
  /// A step of a scenario file.
  fileprivate init(_ cue: Scenario.Cue) {
    self.init(line: cue.line)
    caption = cue.caption
    question = cue.question.map {
      ScriptQuestion(text: $0.text, answers: $0.answers, right: $0.right)
    }
    selection = cue.selection?.ids
    view = cue.view.flatMap { ViewKind(name: $0) }
    deed = StageScript.Deed(cue)
    wait = cue.wait.map { wait in
      switch wait {
      case .time(let span): .time(span)
      case .happening(let happening, let path, let within):
        .happening(ScriptHappening(happening), path.ids, within: within)
      case .installed(let version, let within): .installed(version, within: within)
      }
    }
    expectations = cue.expectations.map { expectation in
      switch expectation {
      case .running(let path): .running(path.ids)
      case .down(let path): .down(path.ids)
      case .life(let path, let number): .life(path.ids, number)
      case .budget(let path, let used): .budget(path.ids, used)
      case .release(let version): .release(version)
      }
    }
  }
}

extension StageScript.Deed {
  fileprivate init?(_ cue: Scenario.Cue) {
    if let path = cue.preview {
      self = .preview(path.ids)
      return
    }
    guard let action = cue.action else { return nil }
    if case .kill(let path) = action {
      self = .kill(path.ids)
      return
    }
    self = .request { tree in
      action.request(
        pid: { path in tree.slot(at: path.ids).flatMap { tree[$0].pid } },
        flags: { path in tree.slot(at: path.ids).flatMap { tree[$0].supervision?.flags } })
    }
  }
}

extension ScriptHappening {
  fileprivate init(_ happening: Scenario.Cue.Happening) {
    switch happening {
    case .started: self = .started
    case .restarted: self = .restarted
    case .crashed: self = .crashed
    case .stopped: self = .stopped
    case .gaveUp: self = .gaveUp
    }
  }
}
