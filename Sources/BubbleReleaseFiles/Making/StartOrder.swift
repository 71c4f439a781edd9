internal import BubbleText

/// In which order applications start, so that each finds running what it needs.
public struct StartOrder: Sendable {
  /// Why there is no order.
  public enum Failure: Error, Hashable, Sendable {
    /// Nobody knows an application that another needs, or that was asked for when that is nil.
    case missing(String, neededBy: String?)
    /// Applications need each other in a circle; the first one is there again at the end.
    case cycle([String])
  }

  private let resources: [String: ApplicationResource]

  /// Takes the known applications; of equal names the first one holds.
  public init(_ resources: [ApplicationResource]) {
    self.resources = Dictionary(resources.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Those that `application:ensure_all_started` starts for `name`, first started first.
  ///
  /// Dependencies come first, depth first in the order of the list; those that run already are left
  /// out, and optional ones that nobody knows are passed over. Linear in the number of
  /// dependencies.
  public func ensuringStarted(
    _ name: String, running: Set<String> = []
  ) throws(Failure) -> [String] {
    try depthFirst([name], passing: running) { $0.applications }
  }

  /// The order in which a boot script starts a release's applications (OTP: systools).
  ///
  /// As listed, each after what it needs and includes. Included ones are in the list too, since
  /// they are loaded; who includes them starts them.
  public func boot(_ names: [String]) throws(Failure) -> [String] {
    try depthFirst(names, passing: []) { $0.applications + $0.includedApplications }
  }

  private func depthFirst(
    _ names: [String], passing: Set<String>, _ needs: (ApplicationResource) -> [String]
  ) throws(Failure) -> [String] {
    var walk = Walk(done: passing)
    for name in names {
      if walk.done.contains(name) { continue }
      try walk.enter(try resource(name, neededBy: nil), needs)
      while let need = walk.next() {
        if walk.done.contains(need.name) { continue }
        if need.by.optionalApplications.contains(need.name), resources[need.name] == nil {
          continue
        }
        try walk.enter(try resource(need.name, neededBy: need.by.name), needs)
      }
    }
    return walk.order
  }

  private func resource(
    _ name: String, neededBy: String?
  ) throws(Failure) -> ApplicationResource {
    guard let resource = resources[name] else {
      throw .missing(name, neededBy: neededBy)
    }
    return resource
  }
}

extension StartOrder.Failure: CustomStringConvertible {
  /// One clause, safe for a terminal.
  public var description: String {
    switch self {
    case .missing(let name, nil): "there is no application \(quoted(name))"
    case .missing(let name, let by?):
      "application \(quoted(by)) needs \(quoted(name)), and there is no such application"
    case .cycle(let names):
      "applications need each other in a circle: " + names.map(escaped).joined(separator: " → ")
    }
  }
}

/// A depth-first walk with its own stack, since the depth is the files' choice.
private struct Walk {
  var done: Set<String>
  var order: [String] = []
  private var stack: [(resource: ApplicationResource, needs: ArraySlice<String>)] = []
  private var entered: Set<String> = []

  init(done: Set<String>) {
    self.done = done
  }

  mutating func enter(
    _ resource: ApplicationResource, _ needs: (ApplicationResource) -> [String]
  ) throws(StartOrder.Failure) {
    guard entered.insert(resource.name).inserted else {
      let path = stack.map(\.resource.name)
      throw .cycle(path.drop { $0 != resource.name } + [resource.name])
    }
    stack.append((resource, needs(resource)[...]))
  }

  /// The next need of whoever is on top, leaving those that need nothing more.
  mutating func next() -> (name: String, by: ApplicationResource)? {
    while let top = stack.indices.last {
      if let need = stack[top].needs.popFirst() { return (need, stack[top].resource) }
      let name = stack.removeLast().resource.name
      done.insert(name)
      order.append(name)
    }
    return nil
  }
}
