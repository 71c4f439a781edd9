package import BubbleEvents

extension ProcessContext {
  /// Puts another body into the place of one, for faults on request.
  ///
  /// Nothing is told: what the process does from now on is what can be seen. A dead process and the
  /// one whose turn it is keep theirs.
  ///
  /// - Parameters:
  ///   - pid: Whose body.
  ///   - trapsExits: Whether exit signals become messages from now on; false leaves it as it is.
  ///   - replacement: Makes the new body from the old one.
  package mutating func replaceBody(
    of pid: PID, trapsExits: Bool = false, by replacement: (any ProcessBody) -> any ProcessBody
  ) {
    guard let slot = core.processes.slot(of: pid), slot != core.current else { return }
    core.processes[slot].body = replacement(core.processes[slot].body)
    if trapsExits { core.processes[slot].flags.insert(.trapsExits) }
  }
}
