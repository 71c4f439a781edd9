import BubbleEvents
import BubbleScripts
import Yams

/// Dynamic children, which have a number in the place of an id.
extension PlaceIndex {
  /// The place that a text with the name of a dynamic child leads to: that child, or one below it.
  func numbered(_ text: String) -> Match {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    for first in parts.indices {
      let above = parts[..<first].joined(separator: "/")
      let supervisors = first == 0 ? supervisors(ofChild: parts[0]) : named(above)
      let found = supervisors.compactMap { place(parts[first...], under: $0, called: above) }
      switch found.count {
      case 0: continue
      case 1: return .found(found[0])
      default: return .ambiguous(Array(found.prefix(3)), count: found.count)
      }
    }
    return .unknown
  }

  /// The supervisors that may have a child called so.
  private func supervisors(ofChild name: Substring) -> [Int] {
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    return (0..<digits).flatMap { byPrefix[String(name.dropLast($0 + 1)), default: []] }
  }

  /// The place below a supervisor of numbered children to which the names lead.
  private func place(_ names: ArraySlice<Substring>, under index: Int, called above: String)
    -> Place?
  {
    var way = Way(path: place(index).path, name: entries[index].id, index: self)
    switch entries[index].kind {
    case .dynamicSupervisor: way.template = entries[index].template
    case .taskSupervisor, .openSupervisor: way.isOfOthers = true
    default: return nil
    }
    for name in names {
      guard way.descend(to: name) else { return nil }
    }
    let fullText = ([place(index).fullText] + way.names).joined(separator: "/")
    var found = Place(path: way.path, kind: way.kind, fullText: fullText)
    if names.contains(where: { $0.first == "#" }) {
      found.betterText = shortest(way.names, below: above)
    }
    return found
  }

  /// The names as somebody would write them: without the supervisor when they are enough.
  private func shortest(_ names: [String], below above: String) -> String {
    let short = names.joined(separator: "/")
    guard byID[short] == nil, case .found = match(short) else { return "\(above)/\(short)" }
    return short
  }

  /// A way down from a supervisor of numbered children.
  private struct Way {
    var path: ChildPath
    /// What the process is called that the way has come to.
    var name: String
    let index: PlaceIndex
    /// What it is by the file; nil for a task, and for a child that brought its specification.
    var node: Node?
    /// What its children are like, when it is a supervisor of numbered ones.
    var template: Node?
    /// Whether its children are numbered and of any kind.
    var isOfOthers = false
    private(set) var names: [String] = []

    init(path: ChildPath, name: String, index: PlaceIndex) {
      self.path = path
      self.name = name
      self.index = index
    }

    var kind: Kind { node.map { index.kind(of: $0) } ?? .worker }

    /// Goes on to a child; false when there is none of that name.
    mutating func descend(to part: Substring) -> Bool {
      if template != nil || isOfOthers {
        guard let number = number(of: part) else { return false }
        node = template
        isOfOthers = false
        let id = ChildID.dynamic(number)
        go(to: id, called: id.name(under: name))
      } else {
        let children = node?.mapping?[SupervisorKey.children.rawValue]?.sequence
        guard let child = children?.first(where: { $0.childText == String(part) }) else {
          return false
        }
        node = child
        go(to: .named(.atom(String(part))), called: String(part))
      }
      template = node?.mapping?[SupervisorKey.template.rawValue]
      return true
    }

    private mutating func go(to id: ChildID, called name: String) {
      path = path.appending(id)
      self.name = name
      names.append(name)
    }

    /// The number of the child, from 0: `conn3` is the third, and so is `#2`, as files said once.
    private func number(of part: Substring) -> Int? {
      let limit = Scenario.Limits.processes
      if part.first == "#" {
        return Int(part.dropFirst()).flatMap { (0..<limit).contains($0) ? $0 : nil }
      }
      let prefix = ChildID.dynamicPrefix(of: name)
      guard part.hasPrefix(prefix), let number = Int(part.dropFirst(prefix.count)),
        (1...limit).contains(number), prefix + String(number) == part
      else { return nil }
      return number - 1
    }
  }
}
