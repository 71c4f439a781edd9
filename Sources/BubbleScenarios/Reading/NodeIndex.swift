import BubbleEvents
import BubbleScripts
import Yams

/// The nodes of a file and what is where on each of them; empty for a machine that stands alone.
struct NodeIndex {
  struct Entry {
    var name: String
    /// Where it is named.
    var node: Node
    /// Whether its connections are hidden ones.
    var isHidden = false
    /// Its tree, or its applications.
    var content: Node?
    /// What is where on it.
    var places = PlaceIndex(root: nil)
    /// Its applications; empty when it has a tree.
    var applications = ApplicationIndex()
    /// Whether its applications need each other in an order that is possible.
    var hasOrder = true

    /// The name up to the host.
    var shortName: Substring { name.prefix { $0 != "@" } }
  }

  var entries: [Entry] = []
  /// The node whose tree is being read.
  var present: Int?

  var isEmpty: Bool { entries.isEmpty }
  var names: [String] { entries.map(\.name) }

  /// The number of the node of that name, be it the short one where only one node has that.
  func number(of text: some StringProtocol) -> Int? {
    if let index = entries.firstIndex(where: { $0.name == text }) { return index }
    let short = entries.indices.filter { entries[$0].shortName == text }
    return short.count == 1 ? short[0] : nil
  }

  /// The node that a path leads to, or into.
  func number(of path: ChildPath) -> Int? {
    guard case .named(.atom(let name))? = path.ids.first else { return nil }
    return entries.firstIndex { $0.name == name }
  }

  /// The node that a text begins with, and what stands behind the slash; the whole name may have a
  /// slash in it.
  private func parts(of text: String) -> [(number: Int, rest: String)] {
    entries.indices.compactMap { index in
      for name in [entries[index].name, String(entries[index].shortName)] {
        if text == name { return (index, "") }
        if text.hasPrefix("\(name)/") { return (index, String(text.dropFirst(name.count + 1))) }
      }
      return nil
    }
  }

  /// Where a text leads: on the node that is being read, when something there is called so; else on
  /// the node that it names, or on any.
  func match(_ text: String) -> PlaceIndex.Match {
    if let present {
      switch entries[present].places.match(text) {
      case .found(let place): return .found(self.place(place, on: present))
      case .ambiguous(let places, let count):
        return .ambiguous(places.map { place($0, on: present) }, count: count)
      case .unknown: break
      }
    }
    var found: [PlaceIndex.Place] = []
    var count = 0
    func add(_ match: PlaceIndex.Match, on number: Int) {
      switch match {
      case .found(let place):
        let place = self.place(place, on: number)
        guard !found.contains(place) else { return }
        found.append(place)
        count += 1
      case .ambiguous(let places, let more):
        found += places.map { place($0, on: number) }
        count += more
      case .unknown: break
      }
    }
    for (number, rest) in parts(of: text) {
      let places = entries[number].places
      guard !places.entries.isEmpty else { continue }
      add(rest.isEmpty ? .found(places.place(0)) : places.match(rest), on: number)
    }
    for number in entries.indices where number != present {
      add(entries[number].places.match(text), on: number)
    }
    switch count {
    case 0: return .unknown
    case 1: return .found(found[0])
    default: return .ambiguous(Array(found.prefix(3)), count: count)
    }
  }

  /// A place of a node as the cluster has it.
  private func place(_ place: PlaceIndex.Place, on number: Int) -> PlaceIndex.Place {
    var place = place
    let name = entries[number].name
    place.node = number
    place.path = ChildPath([.named(.atom(name))] + place.path.ids)
    let below = place.fullText.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    place.fullText = ([name[...]] + below).joined(separator: "/")
    return place
  }

  /// What a process registers as on its node: its id, or the path there when others have the same.
  func name(of place: PlaceIndex.Place) -> String? {
    guard let number = place.node else { return nil }
    var place = place
    let places = entries[number].places
    place.path = ChildPath(Array(place.path.ids.dropFirst()))
    if place.path.ids.isEmpty { place.fullText = places.place(0).fullText }
    return places.name(of: place)
  }

  /// Every name by which some place can be called, for suggestions.
  private(set) lazy var words: [String] = {
    let ids = Set(entries.flatMap(\.places.byID.keys))
    return (names + entries.map { String($0.shortName) } + ids).sorted()
  }()

  /// Takes in children that are added while the machine runs.
  mutating func add(_ child: Node, under text: String) {
    for number in entries.indices {
      let named = parts(of: text).first { $0.number == number }?.rest
      let root = entries[number].places.entries.first?.id ?? ""
      entries[number].places.add(child, under: named.map { $0.isEmpty ? root : $0 } ?? text)
    }
  }
}
