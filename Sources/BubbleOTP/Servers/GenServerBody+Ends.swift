public import BubbleEvents
public import BubbleKernel

extension GenServerBody {
  @usableFromInline func failStart(_ reason: ExitReason, _ context: inout ProcessContext) {
    if reason.isAbnormal { context.post(.reported(.crash(pid: context.pid, reason: reason))) }
    context.finish(reason)
  }

  @usableFromInline mutating func end(_ ending: Ending, _ context: inout ProcessContext) {
    do {
      terminated(try server.terminate(ending.reason, &context), ending, &context)
    } catch {
      finish(ending.replaced(by: error), &context)
    }
  }

  @usableFromInline mutating func terminated(
    _ result: TerminateResult<Server>, _ ending: Ending, _ context: inout ProcessContext
  ) {
    switch result {
    case .done: finish(ending, &context)
    case .wait(let wait):
      pending = .terminate(ending, wait.then)
      context.wait(for: wait.awaited, timeout: wait.timeout)
    }
  }

  @usableFromInline func finish(_ ending: Ending, _ context: inout ProcessContext) {
    if let reason = ending.serverReport {
      context.post(.reported(.serverTerminated(pid: context.pid, reason: reason)))
    }
    if let reason = ending.crashReport {
      context.post(.reported(.crash(pid: context.pid, reason: reason)))
    }
    if let (caller, reply) = ending.reply { context.reply(to: caller, reply) }
    context.finish(ending.reason)
  }
}

extension GenServerBody.Ending {
  /// An orderly stop: logged when the reason is abnormal.
  @usableFromInline init(stopping reason: ExitReason) {
    let report = reason.isAbnormal ? reason : nil
    self.init(reason: reason, serverReport: report, crashReport: report)
  }

  /// A callback threw: an exit is logged when its reason is abnormal, any other error always.
  @usableFromInline init(raised error: any Error) {
    let reason = ExitReason(uncaught: error)
    if error is ProcessExit {
      let report: ExitReason? = reason.isAbnormal ? .raised(reason.term) : nil
      self.init(
        reason: reason, serverReport: report, crashReport: reason.isAbnormal ? reason : nil)
    } else {
      self.init(reason: reason, serverReport: reason, crashReport: reason)
    }
  }

  /// The terminate callback failed itself: that reason holds, and is always logged (OTP: GS16).
  @usableFromInline func replaced(by error: any Error) -> Self {
    var ending = self
    let isExit = error is ProcessExit
    ending.reason = ExitReason(uncaught: error)
    ending.serverReport = isExit ? .raised(ending.reason.term) : ending.reason
    ending.crashReport = isExit && !ending.reason.isAbnormal ? nil : ending.reason
    return ending
  }
}
