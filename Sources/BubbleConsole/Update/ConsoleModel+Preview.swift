import BubbleEvents
import BubbleTree

extension ConsoleModel {
  /// Shows what `deed` would do to `slot`; the machine stands still from now on.
  mutating func beginPreview(of deed: PreviewedAction, to slot: SlotID) -> [ConsoleCommand] {
    var preview = Preview(deed: deed, target: slot, resumes: !pace.isPaused)
    if case .preview(let before) = mode { preview.resumes = before.resumes }
    var commands: [ConsoleCommand] = []
    if !pace.isPaused {
      pace.isPaused = true
      commands.append(.setPaused(true))
    }
    do throws(Refusal) {
      let request = try deed.request(to: tree[slot], in: tree)
      preview.request = request
      commands.append(.preview(request))
    } catch {
      preview.objection = error.reason
    }
    mode = .preview(preview)
    focus = .view
    panelScroll = 0
    return commands
  }

  /// The copy has run: shows what it did, unless something else is shown by now.
  mutating func previewArrived(_ request: ControlRequest, _ events: [Event], settled: Bool) {
    guard case .preview(var preview) = mode, preview.request == request else { return }
    preview.plan = Plan(tree: tree, request: request, events: events)
    preview.isSettled = settled
    mode = .preview(preview)
  }

  /// The selection is another one: shows the same deed done to it.
  mutating func previewSelection() -> [ConsoleCommand] {
    guard case .preview(let preview) = mode, let selection, selection != preview.target else {
      return []
    }
    return beginPreview(of: preview.deed, to: selection)
  }

  mutating func leavePreview() -> [ConsoleCommand] {
    guard case .preview(let preview) = mode else { return [] }
    mode = .browse
    panelScroll = 0
    return resume(preview)
  }

  /// Does what the preview shows, and follows it step by step.
  mutating func doPreviewed() throws(Refusal) -> [ConsoleCommand] {
    guard case .preview(let preview) = mode else { return [] }
    guard let request = preview.request else {
      throw Refusal(preview.objection ?? "there is nothing to do")
    }
    guard let plan = preview.plan else { throw Refusal("the copy is still running ahead") }
    mode = .running(RunningPlan(plan: plan))
    panelScroll = 0
    return [.request(request)] + resume(preview)
  }

  private mutating func resume(_ preview: Preview) -> [ConsoleCommand] {
    guard preview.resumes else { return [] }
    pace.isPaused = false
    isFrozen = false
    return [.setPaused(false)]
  }
}
