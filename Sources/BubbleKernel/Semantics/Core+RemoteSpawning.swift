internal import BubbleEvents

// MARK: Spawning on other nodes

extension Core {
  /// Asks for a process on a node, which may be this one; its PID comes as the answer under the
  /// mark (OTP: spawn_request).
  mutating func requestSpawn(
    _ body: any ProcessBody, on other: NodeID, isLinked: Bool, isMonitored: Bool, tellsPID: Bool
  ) -> Reference {
    let mark = makeReference()
    guard other == node else {
      if isLinked || isMonitored || tellsPID {
        watchAcross(mark, .quietly(PID(0, node: other)))
      }
      let request = SpawnRequest(
        mark: mark, isLinked: isLinked, isMonitored: isMonitored, tellsPID: tellsPID, body: body)
      depart(.spawn(request, from: currentPID, on: other))
      return mark
    }
    let pid = spawn(body, isLinked: isLinked)
    if isMonitored, let slot = processes.slot(of: pid) {
      processes[current].monitors.set(mark, .process(pid))
      processes[slot].watchers.set(mark, currentPID)
      post(.signal(.monitored(by: currentPID, target: pid)))
    }
    if tellsPID { deliver(.reply(mark, pid), slot: current, cause: cause) }
    return mark
  }

  /// Spawns a process that another node asks for.
  mutating func accept(_ request: SpawnRequest, of parent: PID) {
    let pid = processes.takePID()
    let behaviour = eventLevel == .none ? "" : request.body.behaviour
    let spawned = post(.process(pid, .spawned(parent: parent, behaviour: behaviour)))
    let slot = processes.insert(pid: pid, parent: parent, body: request.body, cause: spawned)
    if request.isLinked {
      addLinkAcross(pid, slot: slot, parent)
      post(.signal(.linked(parent, pid)))
    }
    if request.isMonitored { addWatcherElsewhere(parent, request.mark, of: pid, slot: slot) }
    enqueueIfReady(slot)
    guard request.isLinked || request.isMonitored || request.tellsPID else { return }
    let reply = SpawnReply(
      mark: request.mark, pid: pid, isLinked: request.isLinked, isMonitored: request.isMonitored,
      tellsPID: request.tellsPID)
    depart(.spawned(reply, to: parent))
  }

  /// Takes in that the process which was asked for runs; whoever asked may be gone by now.
  mutating func accept(_ reply: SpawnReply, for pid: PID) {
    guard let slot = processes.slot(of: pid) else {
      if reply.isLinked { refuseLink(reply.pid, pid) }
      return
    }
    guard connections[reply.pid.node]?.removeWatcher(reply.mark) == true else { return }
    processes[slot].monitors.remove(reply.mark)
    if reply.isLinked {
      addLinkAcross(pid, slot: slot, reply.pid)
      post(.signal(.linked(pid, reply.pid)))
    }
    if reply.isMonitored {
      processes[slot].monitors.set(reply.mark, .process(reply.pid))
      connections[reply.pid.node, default: Connection()].addWatcher(.monitor(pid), reply.mark)
      post(.signal(.monitored(by: pid, target: reply.pid)))
    }
    if reply.tellsPID { deliver(.reply(reply.mark, reply.pid), slot: slot, cause: cause) }
  }

  /// The PID that stands for a process which could not be spawned: it belongs to nobody, a link to
  /// it fires and a monitor reports `noconnection` (OTP: D49).
  mutating func failSpawn(_ mark: Reference, isLinked: Bool, isMonitored: Bool) -> PID {
    let nobody = processes.takePID()
    if isLinked {
      sendExitSignal(
        ExitSignal(
          from: nobody, to: currentPID, reason: .noConnection, isLink: false, cause: cause))
      deliverExitSignals()
    }
    if isMonitored {
      deliverDown(
        mark, .process(nobody), to: current, about: nobody, reason: .noConnection, cause: cause)
    }
    return nobody
  }
}
