internal import BubbleEvents
internal import DequeModule

// MARK: Inspection

extension Core {
  /// What can be seen of a process; nil when it is dead.
  func inspect(_ pid: PID, mailboxLimit: Int) -> ProcessInspection? {
    guard let slot = processes.slot(of: pid) else { return nil }
    let process = processes[slot]
    var state = process.body.describeState()
    if process.flags.contains(.ownsTables) { state += describeTables(of: pid) }
    let isWaiting = process.flags.contains(.waiting)
    return ProcessInspection(
      pid: pid, name: process.name, behaviour: process.body.behaviour, parent: process.parent,
      trapsExits: process.flags.contains(.trapsExits),
      isSuspended: process.flags.contains(.suspended),
      waitingFor: isWaiting ? process.awaited.description : nil,
      links: process.links.entries.map(\.key),
      monitors: process.monitors.entries.map(\.value.pid).sorted(),
      monitoredBy: process.watchers.entries.compactMap(\.value).sorted(),
      mailboxLength: process.mailbox.count, mailboxMaximum: process.mailboxMaximum,
      mailbox: process.mailbox.prefix(mailboxLimit).map { String(describing: $0.message) },
      turns: process.turns, received: process.received, sent: process.sent,
      lastMessage: process.lastMessage.map { String(describing: $0) },
      state: state)
  }

  /// The two numbers of a process that change all the time; nil when it is dead.
  func metrics(of pid: PID) -> ProcessMetrics? {
    processes.slot(of: pid).map { slot in
      ProcessMetrics(
        pid: pid, turns: processes[slot].turns, mailboxLength: processes[slot].mailbox.count)
    }
  }
}
