internal import BubbleEvents
internal import BubbleKernel
internal import BubbleReleaseFiles

/// What is known of applications, whether they run or not.
extension ApplicationController {
  /// Takes in a description and those it includes (OTP: A1, A9).
  mutating func load(_ name: String, _ context: inout ProcessContext) -> ApplicationReply {
    guard !loaded.contains(name) else { return .error(.tuple(["already_loaded", .atom(name)])) }
    guard available[name] != nil else { return .error(Self.noFile(name)) }
    var open = [name]
    while let next = open.popLast() {
      guard !loaded.contains(next), let resource = available[next]?.resource else { continue }
      loaded.insert(next, at: 0)
      environments[next] = Self.environment(of: resource)
      for code in available[next]?.modules ?? [] where context.module(code.name) == nil {
        context.load(code)
      }
      context.post(.application(ApplicationEvent(next, .loaded(version: resource.version))))
      open += resource.includedApplications.reversed()
    }
    return .ok
  }

  mutating func unload(_ name: String, _ context: inout ProcessContext) -> ApplicationReply {
    guard !running.contains(where: { $0.name == name }), !isStarting(name) else {
      return .error(.tuple(["running", .atom(name)]))
    }
    guard let index = loaded.firstIndex(of: name) else {
      return .error(.tuple(["not_loaded", .atom(name)]))
    }
    loaded.remove(at: index)
    environments[name] = nil
    context.post(.application(ApplicationEvent(name, .unloaded)))
    return .ok
  }

  func entries(_ names: [String]) -> ApplicationReply {
    .applications(
      names.compactMap { available[$0]?.resource }.map {
        ApplicationEntry(name: $0.name, description: $0.description, version: $0.version)
      })
  }

  func isStarting(_ name: String) -> Bool { starting.contains { $0.name == name } }

  func isRunning(_ name: String) -> Bool { running.contains { $0.name == name } }

  /// What OTP says when it finds no `.app` file.
  static func noFile(_ name: String) -> Term {
    .tuple([.text("no such file or directory"), .text("\(name).app")])
  }
}
