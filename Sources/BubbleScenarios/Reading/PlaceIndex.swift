import BubbleEvents
import Yams

/// Where everything is in the tree of a file, so that calls and steps can name it.
///
/// A place is named by its id, or by as many of the ids above it as make it unique: `cache`,
/// `db_sup/cache`. A dynamic child is named by its number: `conn_sup/#3`.
struct PlaceIndex {
  /// What is at a place.
  enum Kind: Hashable {
    case worker
    case supervisor
    case dynamicSupervisor
  }

  struct Place: Hashable {
    var path: Scenario.Path
    var kind: Kind
    /// The path from the root's own id down.
    var fullText: String
  }

  /// What a target's text leads to.
  enum Match {
    case found(Place)
    case unknown
    case ambiguous([Place])
  }

  private(set) var places: [Place] = []
  private(set) var byID: [String: [Int]] = [:]
  private var templates: [Scenario.Path: Node] = [:]

  /// Walks the tree below `node`, passing over whatever is wrong.
  init(root node: Node?) {
    if let node { walk(node, path: Scenario.Path(), text: "", depth: 1) }
  }

  private mutating func walk(_ node: Node, path: Scenario.Path, text: String, depth: Int) {
    guard case .mapping(let mapping) = node, depth <= Scenario.Limits.depth else { return }
    let supervisor = mapping[SupervisorKey.supervisor.rawValue]?.text
    guard let id = supervisor ?? mapping[WorkerKey.worker.rawValue]?.text else { return }
    let template = supervisor == nil ? nil : mapping[SupervisorKey.template.rawValue]
    let kind: Kind =
      supervisor == nil ? .worker : template == nil ? .supervisor : .dynamicSupervisor
    let fullText = text.isEmpty ? id : "\(text)/\(id)"
    byID[id, default: []].append(places.count)
    places.append(Place(path: path, kind: kind, fullText: fullText))
    if let template { templates[path] = template }
    guard kind == .supervisor, let children = mapping[SupervisorKey.children.rawValue]?.sequence
    else { return }
    for child in children {
      guard let id = child.childText else { continue }
      walk(child, path: path.appending(.named(.atom(id))), text: fullText, depth: depth + 1)
    }
  }

  // MARK: - Finding

  /// Every name by which some place can be called, for suggestions.
  var words: [String] { byID.keys.sorted() }

  /// Whether no other place has this id.
  func isUnique(_ id: String) -> Bool { byID[id]?.count == 1 }

  /// What a process registers as: its id, or the whole path when others have the same id.
  func name(of place: Place) -> String {
    guard case .named(.atom(let id))? = place.path.ids.last, !isUnique(id) else {
      return place.path.ids.last?.description ?? place.fullText
    }
    return place.path.description
  }

  func match(_ text: String) -> Match {
    let found = named(text)
    switch found.count {
    case 1: return .found(found[0])
    case 0: return numbered(text).map(Match.found) ?? .unknown
    default: return .ambiguous(found)
    }
  }

  /// The places whose full text ends with `text` at a slash.
  private func named(_ text: String) -> [Place] {
    var ends = [text]
    while let end = ends.last, let slash = end.firstIndex(of: "/") {
      ends.append(String(end[end.index(after: slash)...]))
    }
    let candidates = ends.flatMap { byID[$0, default: []] }.map { places[$0] }
    return candidates.filter { $0.fullText == text || $0.fullText.hasSuffix("/\(text)") }
  }

  /// The place of `supervisor/#3`, and of what is below a dynamic child.
  private func numbered(_ text: String) -> Place? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.firstIndex(where: { dynamicNumber($0) != nil }),
      case let supervisors = named(parts[..<first].joined(separator: "/")),
      supervisors.count == 1, supervisors[0].kind == .dynamicSupervisor,
      var node = templates[supervisors[0].path]
    else { return nil }
    var path = supervisors[0].path
    for (index, part) in parts[first...].enumerated() {
      if let number = dynamicNumber(part) {
        if index > 0 {
          guard let template = node.mapping?[SupervisorKey.template.rawValue] else { return nil }
          node = template
        }
        path = path.appending(.dynamic(number))
      } else {
        let children = node.mapping?[SupervisorKey.children.rawValue]?.sequence
        guard let child = children?.first(where: { $0.childText == String(part) }) else {
          return nil
        }
        node = child
        path = path.appending(.named(.atom(String(part))))
      }
    }
    return Place(path: path, kind: kind(of: node), fullText: text)
  }

  private func kind(of node: Node) -> Kind {
    guard let mapping = node.mapping, mapping[SupervisorKey.supervisor.rawValue] != nil else {
      return .worker
    }
    return mapping[SupervisorKey.template.rawValue] == nil ? .supervisor : .dynamicSupervisor
  }

  private func dynamicNumber(_ part: Substring) -> Int? {
    guard part.first == "#", let number = Int(part.dropFirst()) else { return nil }
    return (0..<Scenario.Limits.processes).contains(number) ? number : nil
  }
}

extension Node {
  /// The id of the child that a mapping describes.
  fileprivate var childText: String? {
    guard let mapping else { return nil }
    return mapping[SupervisorKey.supervisor.rawValue]?.text
      ?? mapping[WorkerKey.worker.rawValue]?.text
  }
}
