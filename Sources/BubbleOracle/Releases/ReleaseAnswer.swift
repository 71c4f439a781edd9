package import BubbleReleaseFiles
internal import BubbleEvents

/// What was made of a case, OTP's or ours, without what a machine's folders are called.
package enum ReleaseAnswer: Equatable, Sendable {
  /// A relup.
  case relup(ReleaseUpgrade, warnings: [String])
  /// A boot.
  case boot([BootCommand], warnings: [String])
  /// An error, in OTP's words.
  case refused(String)

  /// OTP's answer, a term `{Name, Answer}` of the file that releases.erl writes.
  package init(_ term: LocatedTerm, in file: TermFile) throws {
    guard let answer = term.tuple?.last?.tuple, answer.count > 1 else {
      throw ReleaseCase.Malformed(name: term.term.description)
    }
    if answer[0].atom == "error" {
      self = .refused(otpText(answer[1]))
      return
    }
    let warnings = (answer.last?.list ?? []).map(warningText).sorted()
    if answer[1].tuple?.first?.atom == "script" {
      self = .boot(try BootCommand.steps(of: answer[1], in: file), warnings: warnings)
    } else {
      self = .relup(try ReleaseUpgrade(file.only(answer[1])), warnings: warnings)
    }
  }

  /// Whether systools crashed, or did not end.
  var isFailure: Bool { self == .refused("crash") || self == .refused("hang") }

  /// In which order each script of a relup has its modules, dependents first.
  var moduleOrders: [[String]] {
    guard case .relup(let relup, _) = self else { return [] }
    return relup.upgrades.map { $0.loadOrder.reversed() } + relup.downgrades.map(\.loadOrder)
  }
}

extension ReleaseAnswer: CustomStringConvertible {
  /// One line an instruction or step.
  package var description: String {
    switch self {
    case .relup(let relup, let warnings):
      (scripts("up from", relup.upgrades) + scripts("down to", relup.downgrades)
        + ["warnings \(warnings)"]).joined(separator: "\n")
    case .boot(let steps, let warnings):
      (steps.map { "\($0)" } + ["warnings \(warnings)"]).joined(separator: "\n")
    case .refused(let text): "error \(text)"
    }
  }

  private func scripts(_ head: String, _ scripts: [ReleaseUpgrade.Script]) -> [String] {
    scripts.flatMap { script in
      ["\(head) \(script.version) \(script.description)"]
        + script.instructions.map { "  \($0.term)" }
    }
  }
}

extension ReleaseUpgrade.Script {
  /// The modules in the order in which they are loaded or taken away.
  fileprivate var loadOrder: [String] {
    zip(instructions, instructions.dropFirst() + [.pointOfNoReturn]).compactMap { one, next in
      switch one {
      case .load(let loading): loading.module
      // Of an application that goes, the modules are purged together.
      case .remove(let loading) where next == .purge([loading.module]): loading.module
      default: nil
      }
    }
  }
}

extension ReleaseAnswer {
  /// What only one of two answers has; nil when they are the same.
  package static func difference(theirs: ReleaseAnswer, ours: ReleaseAnswer) -> String? {
    guard theirs != ours else { return nil }
    let (old, new) = (
      theirs.description.split(separator: "\n"), ours.description.split(separator: "\n")
    )
    return new.difference(from: old).map { change in
      switch change {
      case .remove(let line, let text, _): "OTP \(line + 1): \(text)"
      case .insert(let line, let text, _): "we  \(line + 1): \(text)"
      }
    }.joined(separator: "\n")
  }
}

private func warningText(_ term: LocatedTerm) -> String {
  let parts = term.tuple ?? [term]
  return (parts.first?.atom == "warning" ? parts.last : parts.first)?.term.description ?? ""
}

extension BootCommand {
  /// The steps of a boot script but for what our boots leave out.
  package static func steps(of script: LocatedTerm, in file: TermFile) throws -> [BootCommand] {
    try bootCommands(script, file)
  }

  /// Without what systools leaves out of a description.
  package var asInScript: BootCommand {
    guard case .load(var resource) = self else { return self }
    resource.runtimeDependencies = []
    resource.unknownKeys = []
    return .load(resource)
  }
}

private func bootCommands(_ script: LocatedTerm, _ file: TermFile) throws -> [BootCommand] {
  var steps: [BootCommand] = []
  var path: [LocatedTerm] = []
  for entry in script.tuple?.last?.list ?? [] {
    guard let parts = entry.tuple, let word = parts.first?.atom else { continue }
    let value = parts.last
    let modules = (value?.list ?? []).compactMap(\.atom)
    switch word {
    case "path": path = value?.list ?? []
    case "primLoad" where steps.count == 1: steps.append(.loadKernel)
    case "primLoad":
      let folder = path.first?.string?.split(separator: "/").dropLast().last ?? ""
      let parts = folder.split(separator: "-", maxSplits: 1)
      steps.append(
        .loadModules(
          application: String(parts.first ?? ""), version: String(parts.last ?? ""), modules))
    case "progress":
      let name = value?.atom ?? ""
      if let progress = BootCommand.Progress(rawValue: name) { steps.append(.progress(progress)) }
    case "kernelProcess": steps.append(kernelProcess(parts))
    case "apply": try steps.append(contentsOf: applied(value, file))
    default: continue
    }
  }
  return steps
}

private func kernelProcess(_ parts: [LocatedTerm]) -> BootCommand {
  let call = parts[2].tuple ?? []
  let arguments = (call.last?.list ?? []).map { argument in
    // Of a description only the name.
    argument.tuple?[1].term ?? argument.term
  }
  return .kernelProcess(
    parts[1].atom ?? "", .init(call[0].atom ?? "", call[1].atom ?? "", arguments))
}

private func applied(_ call: LocatedTerm?, _ file: TermFile) throws -> [BootCommand] {
  guard let call = call?.tuple, call.count == 3, let arguments = call[2].list,
    let first = arguments.first
  else { return [] }
  switch call[1].atom {
  case "load": return [.load(try ApplicationResource(file.only(first)))]
  case "start_boot":
    let type = arguments.last?.atom.flatMap(ReleaseResource.StartType.init(rawValue:))
    return [.start(first.atom ?? "", type ?? .none)]
  default: return []
  }
}

// MARK: - OTP's words for errors

/// The errors that systools finds in instructions, and we when we read them.
private let syntaxErrors: Set<String> = [
  "bad_instruction", "bad_module", "bad_list", "bad_timeout", "bad_purge_method", "bad_change",
  "bad_args_list", "bad_start_type", "bad_mode", "bad_code_change", "bad_lib_vsn", "bad_node",
  "bad_application", "bad_func", "illegal_applications", "badly_formatted_release",
]

/// What there is in an error besides the folders of a machine.
private func otpText(_ reason: LocatedTerm) -> String {
  if let list = reason.list {
    let failures = list.compactMap { $0.tuple?.last?.tuple }
    let isSyntax = failures.contains { $0.last?.tuple?.first?.tuple != nil }
    return isSyntax
      ? "unreadable" : texts("error_reading", failures.compactMap { $0.first?.atom }.sorted())
  }
  let parts = reason.tuple ?? [reason]
  let word = parts.first?.atom ?? ""
  guard !syntaxErrors.contains(word), word != "EXIT", let value = parts.dropFirst().first else {
    return syntaxErrors.contains(word) || word == "EXIT" ? "unreadable" : word
  }
  switch word {
  case "file_problem":
    // The file is there, and no appup.
    return value.tuple?.last?.tuple?.first?.atom == "ok" ? "unreadable" : word
  case "no_relup", "missing_sasl": return word
  case "circular_dependencies": return word
  case "bad_op_before_point_of_no_return":
    return texts(word, [value.tuple?.first?.atom ?? value.atom ?? ""])
  case "duplicate_modules", "duplicate_register", "duplicate_include":
    let names = (value.list ?? []).compactMap { $0.tuple?.first?.tuple?.first?.atom }
    return texts(word, Set(names).sorted())
  case "undefined_applications":
    return texts(word, Set((value.list ?? []).compactMap(\.atom)).sorted())
  case "suspended_not_resumed", "resumed_not_suspended", "start_not_stop", "stop_not_start":
    return texts(word, Set((value.list ?? []).compactMap(\.atom)).sorted())
  default: return texts(word, parts.dropFirst().map { $0.string ?? $0.term.description })
  }
}

private func texts(_ word: String, _ rest: [String]) -> String {
  ([word] + rest).joined(separator: " ")
}

extension UpgradeProblem {
  /// The problem as OTP has it.
  var otpText: String {
    switch self {
    case .twoPointsOfNoReturn: "too_many_point_of_no_return"
    case .notBeforePointOfNoReturn(let word): "bad_op_before_point_of_no_return \(word)"
    case .noObjectCode(let module): "no_object_code \(module)"
    case .suspendedNotResumed(let modules): set("suspended_not_resumed", modules)
    case .resumedNotSuspended(let modules): set("resumed_not_suspended", modules)
    case .startedNotStopped(let modules): set("start_not_stop", modules)
    case .stoppedNotStarted(let modules): set("stop_not_start", modules)
    case .noSuchApplication(let name): "no_such_application \(name)"
    case .removedApplicationPresent(let name): "removed_application_present \(name)"
    case .duplicateModule(let module): "muldef_module \(module)"
    case .undefinedDependency(let module, _): "undef_module \(module)"
    case .noSuchModule(let module): "no_such_module \(module)"
    case .conflictingVersions(let name, let one, let other):
      "conflicting_versions \(name) \(one) \(other)"
    case .noUpgrader: "missing_sasl"
    case .noApplicationUpgrade: "file_problem"
    case .noScript: "no_relup"
    }
  }

  private func set(_ word: String, _ modules: [String]) -> String {
    texts(word, Set(modules).sorted())
  }
}

extension ReleaseProblems {
  /// The problems as OTP has them.
  var otpText: String {
    let names = Set(all.map(\.otpName)).sorted()
    switch all.first {
    case .missingMandatory(let name): return "missing_mandatory_app \(name)"
    case .notPermanent(let name, let type): return "mandatory_app \(name) \(type.rawValue)"
    case .unknownApplication, .wrongVersion, .notIncluded: return texts("error_reading", names)
    case .undefinedApplication, .neededAndIncluded: return texts("undefined_applications", names)
    case .duplicateName: return texts("duplicate_register", names)
    case .duplicateInclusion: return texts("duplicate_include", names)
    case .duplicateModule: return texts("duplicate_modules", names)
    case .circle: return "circular_dependencies"
    case .listedTwice, nil: return "no error of OTP"
    }
  }
}

extension ReleaseProblem {
  fileprivate var otpName: String {
    switch self {
    case .missingMandatory(let name), .notPermanent(let name, _), .listedTwice(let name),
      .unknownApplication(let name), .wrongVersion(let name, _, _), .notIncluded(let name, _),
      .undefinedApplication(let name, _), .neededAndIncluded(let name, _):
      name
    case .duplicateName(let shared), .duplicateInclusion(let shared),
      .duplicateModule(let shared):
      shared.what
    case .circle: ""
    }
  }
}

extension ReleaseUpgradeMaker.Warning {
  /// The warning as OTP has it.
  var otpText: String {
    switch self {
    case .runtimeVersionChanges: "erts_vsn_changed"
    case .otherVersion: "bad_vsn"
    }
  }
}
