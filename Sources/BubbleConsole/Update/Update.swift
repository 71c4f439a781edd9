import BubbleEvents

/// What a message does to the model, and what it wants done outside.
package func update(_ model: inout ConsoleModel, _ message: ConsoleMessage) -> [ConsoleCommand] {
  var commands: [ConsoleCommand] = []
  var events: [Event] = []
  switch message {
  case .key(let key): commands = model.press(key)
  case .mouse(let event): commands = model.handle(event)
  case .paste(let text): model.paste(text)
  case .resize(let size): model.size = size
  case .opened(let capabilities):
    model.capabilities = capabilities
    return []
  case .events(let fresh):
    model.fold(fresh)
    events = fresh
  case .frame:
    model.frame += 1
    model.view.view.advance(&model)
    return []
  case .previewed(let request, let ahead, let settled):
    model.previewArrived(request, ahead, settled: settled)
  case .inspected(let inspection): model.inspectionArrived(inspection)
  case .metrics(let samples):
    model.told.record(samples)
    commands = model.inspectAgain()
  case .clock(let instant):
    model.told.pass(to: instant)
    model.retirePlan()
  case .paused(let isPaused):
    model.pace.isPaused = isPaused
    if !isPaused { model.isFrozen = false }
  case .revisited(let then): model.revisit(then)
  case .travel(let status): model.travel = status
  case .motionStopped: model.stopMotion()
  case .chaos(let status): model.chaos = status
  case .glyphs(let glyphs): model.options.glyphs = glyphs
  case .script(let status): model.take(status)
  case .cue(let view, let selection): model.show(view, selecting: selection)
  case .previewKill(let slot):
    model.show(nil, selecting: slot)
    commands = model.beginPreview(of: .kill, to: slot, by: .script)
  case .previewLeft: model.leavePreview()
  case .doPreviewed:
    commands = model.attempt { model throws(Refusal) in try model.doPreviewed(by: .script) }
  case .working(let words): model.working = words
  case .beatsShed(let areShed): model.shedsBeats = areShed
  case .lab(let message): model.take(message)
  case .passed(let span):
    guard model.noticePasses(by: span) else { return [] }
  case .notice(let text): model.notice = text
  case .trouble(let text):
    // What was said before may be that all is well.
    model.notice = nil
    model.troubles.append(Trouble(text: text, instant: model.now))
  }
  return commands + model.settle(after: events)
}
