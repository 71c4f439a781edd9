package import BubbleEvents

/// A process of a module: what it runs, and in which version.
struct VersionedBody: ProcessBody {
  private(set) var code: ModuleCode?
  private(set) var body: any ProcessBody

  init(_ body: any ProcessBody, _ code: ModuleCode) {
    self.body = body
    self.code = code
  }

  var behaviour: String { body.behaviour }

  func describeState() -> [ProcessInspection.Field] {
    body.describeState()
  }

  mutating func start(_ context: inout ProcessContext) throws { try body.start(&context) }

  mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    if let code, let current = context.module(code.name), current !== code {
      try convert(to: current, (version: "undefined", extra: "undefined"), &context)
    }
    try body.receive(message, &context)
  }

  mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    try body.resume(received, &context)
  }

  mutating func terminate(_ reason: ExitReason, _ context: inout ProcessContext) throws {
    try body.terminate(reason, &context)
  }

  mutating func replaceState(_ field: String, with value: Term) throws {
    try body.replaceState(field, with: value)
  }

  mutating func systemRequestServed(
    isSuspended: Bool, _ context: inout ProcessContext
  ) throws {
    try body.systemRequestServed(isSuspended: isSuspended, &context)
  }

  /// Comes over to the version that the name stands for, or back to the one that `{down,Vsn}`
  /// names.
  mutating func changeCode(
    version: Term, extra: Term, _ context: inout ProcessContext
  ) throws -> Term {
    guard let code, let current = context.module(code.name) else { return "ok" }
    var target = current
    if case .tuple(let parts) = version, parts.count == 2, parts[0] == "down" {
      target = code.earlier(version: parts[1]) ?? current
    }
    guard target !== code else {
      return try body.changeCode(version: version, extra: extra, &context)
    }
    let old = self
    do {
      try convert(to: target, (version: version, extra: extra), &context)
      return "ok"
    } catch let refusal as CodeChangeRefusal {
      self = old
      return .tuple(["error", refusal.reason])
    } catch {
      self = old
      return .tuple(["error", .tuple(["EXIT", ExitReason(uncaught: error).term])])
    }
  }

  private mutating func convert(
    to target: ModuleCode, _ change: (version: Term, extra: Term),
    _ context: inout ProcessContext
  ) throws {
    guard let way = code?.way(to: target) else { throw RaisedError("function_clause") }
    for conversion in way { body = try conversion(body, change, &context) }
    context.post(
      .process(
        context.pid,
        .codeEntered(module: target.name, version: target.version, previous: code?.version)))
    code = target
  }
}

/// A process answers `{error,Reason}` to a change of code, without having failed.
package struct CodeChangeRefusal: Error {
  /// The reason.
  package var reason: Term

  package init(_ reason: Term) {
    self.reason = reason
  }
}
