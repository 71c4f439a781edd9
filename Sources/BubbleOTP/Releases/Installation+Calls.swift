internal import BubbleEvents
internal import BubbleKernel
internal import BubbleReleaseFiles

/// The functions that an installation can call.
extension ReleaseHandler {
  /// Calls a function of the release, or of the modules supervisor and application.
  ///
  /// As in OTP what the function returns does not matter; a failure of it fails the instruction.
  func apply(
    _ call: ReleaseInstruction.Call, _ context: inout ProcessContext
  ) throws -> Progress? {
    let name = "\(call.module):\(call.function)"
    if let function = installation?.release.functions[name] {
      try function(call.arguments, &context)
      return nil
    }
    if let request = call.supervisorRequest, let target = call.arguments.first {
      return ask(request, try process(target, &context), &context) {
        (handler: inout ReleaseHandler, _: SupervisorReply?, context) in handler.next(&context)
      }
    }
    if let request = call.applicationRequest {
      return ask(request, controller, &context) {
        (handler: inout ReleaseHandler, _: ApplicationReply?, context) in handler.next(&context)
      }
    }
    throw RaisedError("undef")
  }

  private func process(_ target: Term, _ context: inout ProcessContext) throws -> PID {
    switch target {
    case .pid(let pid): return pid
    case .atom(let name):
      if let pid = context.whereis(name) { return pid }
      throw ProcessExit(.noProcess)
    default: throw RaisedError.badArgument
    }
  }
}

extension ReleaseInstruction.Call {
  fileprivate var supervisorRequest: SupervisorRequest? {
    guard module == "supervisor", arguments.count == 2 else { return nil }
    return switch function {
    case "terminate_child": .terminateChild(arguments[1])
    case "restart_child": .restartChild(arguments[1])
    case "delete_child": .deleteChild(arguments[1])
    default: nil
    }
  }

  fileprivate var applicationRequest: ApplicationRequest? {
    guard module == "application", case .atom(let name)? = arguments.first else { return nil }
    switch (function, arguments.count) {
    case ("start", 1): return .start(name)
    case ("start", 2):
      guard case .atom(let word) = arguments[1],
        let restart = ApplicationRestart(rawValue: word)
      else { return nil }
      return .start(name, restart)
    case ("stop", 1): return .stop(name)
    case ("load", 1): return .load(name)
    case ("unload", 1): return .unload(name)
    default: return nil
    }
  }
}
