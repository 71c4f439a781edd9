import BubbleEvents
import BubbleTree

extension ConsoleModel {
  /// Shows what `action` would do to `slot`, or why it cannot be done; the machine stands still
  /// from now on.
  mutating func beginPreview(
    of action: PreviewedAction, to slot: SlotID, by asker: Asker
  ) -> [ConsoleCommand] {
    do throws(Refusal) {
      let request = try action.request(to: tree[slot], in: tree)
      return beginPreview(of: action, to: slot, with: request, by: asker)
    } catch {
      stand(on: action, to: slot, by: asker) { $0.objection = error.reason }
      return []
    }
  }

  /// Shows what `request` would do, which does `action` to `slot`.
  mutating func beginPreview(
    of action: PreviewedAction, to slot: SlotID, with request: ControlRequest, by asker: Asker
  ) -> [ConsoleCommand] {
    stand(on: action, to: slot, by: asker) { $0.request = request }
    return [.preview(request)]
  }

  /// Stands still before `action` is done to `slot`.
  private mutating func stand(
    on action: PreviewedAction, to slot: SlotID, by asker: Asker,
    _ complete: (inout Preview) -> Void
  ) {
    var preview = Preview(action: action, target: slot, asker: asker, resumes: !pace.isPaused)
    if let before = self.preview { preview.resumes = before.resumes }
    complete(&preview)
    pace.isPaused = true
    browse()
    // What is shown is what is highlighted, also where something else stood for it.
    select(slot)
    self.preview = preview
    focus = .view
    panelScroll = 0
  }

  /// The copy has run: shows what it did, unless something else is shown by now.
  mutating func previewArrived(_ request: ControlRequest, _ events: [Event], settled: Bool) {
    guard isPreviewing, preview?.request == request else { return }
    let plan = Plan(tree: tree, request: request, events: events)
    preview?.plan = plan
    preview?.isSettled = settled
  }

  /// The selection is another one: shows the same action done to it.
  mutating func previewSelection() -> [ConsoleCommand] {
    guard let preview, let selection, selection != preview.target else {
      return []
    }
    return beginPreview(of: preview.action, to: selection, by: preview.asker)
  }

  mutating func leavePreview() {
    guard let preview else { return }
    browse()
    panelScroll = 0
    resume(preview)
  }

  /// Does what the preview shows, and follows it step by step.
  ///
  /// Who began it asks for it; what a script shows, and somebody does before the script, that
  /// somebody asks for.
  mutating func doPreviewed(by asker: Asker) throws(Refusal) -> [ConsoleCommand] {
    guard let preview else { return [] }
    guard let request = preview.request else {
      throw Refusal(preview.objection ?? "there is nothing to do")
    }
    guard let plan = preview.plan else { throw Refusal("the copy is still running ahead") }
    self.preview = nil
    told.follow(plan)
    panelScroll = 0
    resume(preview)
    return [.request(request, by: preview.asker == .script ? asker : preview.asker)]
  }

  private mutating func resume(_ preview: Preview) {
    guard preview.resumes else { return }
    pace.isPaused = false
    isFrozen = false
  }
}
