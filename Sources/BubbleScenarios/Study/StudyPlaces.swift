import BubbleEvents
import BubbleOTP

/// The places of a scenario's tree, numbered from the root down in start order.
///
/// The children of a template are one place, `conn_sup/*`.
struct StudyPlaces: Sendable {
  /// One place.
  struct Place: Sendable {
    /// The ids from below the root down, between slashes; the root's own id for the root.
    var name: String
    /// The ids from the root down.
    var ids: [String]
    var isDynamic: Bool
    /// Whether it is an application, or who starts them: neither a worker nor a supervisor.
    var isApplication = false
    /// Its flags when it is a supervisor.
    var flags: SupervisorFlags?
    var children: [ChildID: Int] = [:]
    /// The place of all its children when it is a dynamic supervisor.
    var template: Int?

    func child(_ id: ChildID) -> Int? { template ?? children[id] }
  }

  private(set) var all: [Place] = []

  init(_ scenario: Scenario) {
    _ = add(scenario.root, "", [scenario.root.id], isDynamic: false)
  }

  /// Whether `target` means somebody below the root.
  func contains(_ target: [String]) -> Bool {
    all.contains { Self.isAt(target, Array($0.ids.dropFirst())) }
  }

  /// Whether the path `ids` ends as `target` is written; `*` stands for any id, and any number of a
  /// dynamic child for all of them.
  static func isAt(_ target: [String], _ ids: [String]) -> Bool {
    guard target.count <= ids.count else { return false }
    let above = ids.dropLast().reversed() + [""]
    return zip(target.reversed(), zip(ids.reversed(), above)).allSatisfy { written, place in
      let (id, supervisor) = place
      if written == "*" || written == id { return true }
      let prefix = ChildID.dynamicPrefix(of: supervisor)
      return id == "*"
        && (written.hasPrefix("#")
          || written.hasPrefix(prefix) && Int(written.dropFirst(prefix.count)) != nil)
    }
  }

  private mutating func add(
    _ special: Scenario.Special, to number: Int, _ below: String, isDynamic: Bool
  ) {
    let ids = all[number].ids
    func place(_ id: String, isDynamic: Bool) -> Place {
      Place(name: below + id, ids: ids + [id], isDynamic: isDynamic)
    }
    switch special {
    case .registry(_, let partitions):
      for partition in 0..<partitions {
        let id = Registry.partitionName(of: ids.last ?? "", partition)
        all[number].children[.named(.atom(id))] = all.count
        all.append(place(id, isDynamic: isDynamic))
      }
    case .tasks, .own:
      all[number].template = all.count
      all.append(place("*", isDynamic: true))
    case .limited(let template, _, _):
      all[number].template = add(template, below, ids + ["*"], isDynamic: true)
    case .partitions(let template, let count):
      for partition in 0..<count {
        all[number].children[Scenario.Child.partition(partition)] = add(
          template, below, ids + [String(partition)], isDynamic: isDynamic)
      }
    }
  }

  private mutating func add(
    _ child: Scenario.Child, _ prefix: String, _ ids: [String], isDynamic: Bool
  ) -> Int {
    let number = all.count
    let id = ids.last ?? child.id
    let name = ids.count == 1 ? id : prefix + id
    all.append(Place(name: name, ids: ids, isDynamic: isDynamic))
    let below = ids.count == 1 ? "" : name + "/"
    switch child.content {
    case .worker: break
    case .supervisor(let flags, let children):
      all[number].flags = flags
      for child in children {
        all[number].children[child.childID] = add(
          child, below, ids + [child.id], isDynamic: isDynamic)
      }
    case .dynamic(let flags, let template, _):
      all[number].flags = flags
      all[number].template = add(template, below, ids + ["*"], isDynamic: true)
    case .special(let flags, let special):
      all[number].flags = flags
      add(special, to: number, below, isDynamic: isDynamic)
    case .applications(let applications):
      all[number].isApplication = true
      for application in applications { add(application, to: number, ids) }
    // A study runs machines that stand alone.
    case .nodes: break
    }
    return number
  }

  /// An application and its top supervisor; a library has no place.
  private mutating func add(_ application: Scenario.Application, to root: Int, _ ids: [String]) {
    guard let tree = application.tree else { return }
    let number = all.count
    let ids = ids + [application.name]
    all.append(Place(name: application.name, ids: ids, isDynamic: false, isApplication: true))
    all[root].children[.named(.atom(application.name))] = number
    all[number].children[tree.childID] = add(
      tree, application.name + "/", ids + [tree.id], isDynamic: false)
  }
}
