internal import BubbleEvents

/// The links and monitors between this node and one other; they fire when the connection is lost.
struct Connection: Sendable {
  /// A link of a process here with one there.
  struct Link: Hashable, Sendable {
    var here: PID
    var there: PID
  }

  /// A process here that is told when the connection is lost, and of what else.
  enum Watcher: Hashable, Sendable {
    /// It watches a process there, or waits for an answer of the node.
    case monitor(PID)
    /// It watches the node itself.
    case node(PID)
    /// It waits for the connection to be made.
    case connecting(PID)

    var pid: PID {
      switch self {
      case .monitor(let pid), .node(let pid), .connecting(let pid): pid
      }
    }
  }

  /// A monitor of a process there, whose mark of its own node is not one of ours.
  struct Watched: Hashable, Sendable {
    /// The mark that stands for it here.
    var mark: Reference
    /// The process that is watched.
    var target: PID
  }

  /// Each with its place in the order in which they were set.
  private var links: [Link: Int] = [:]
  private var linkCount = 0
  /// The processes that watch somebody there, by mark; in the order in which they began.
  private(set) var watchers = OrderedTable<Reference, Watcher>()
  /// Who is watched here, by the watcher's mark.
  private var watched: [Reference: Watched] = [:]
  /// The watcher's mark, by the one that stands for it here.
  private var marks: [Reference: Reference] = [:]

  /// The links in the order in which they were set.
  var orderedLinks: [Link] {
    links.sorted { $0.value < $1.value }.map(\.key)
  }

  /// Who is watched here.
  var allWatched: [Watched] { watched.values.sorted { $0.mark < $1.mark } }

  mutating func add(_ link: Link) {
    linkCount += 1
    links[link] = linkCount
  }

  /// Removes a link; false when there was none.
  @discardableResult
  mutating func remove(_ link: Link) -> Bool {
    links.removeValue(forKey: link) != nil
  }

  mutating func addWatcher(_ watcher: Watcher, _ mark: Reference) {
    watchers.set(mark, watcher)
  }

  /// The latest watcher that is equal to this one.
  func mark(of watcher: Watcher) -> Reference? {
    watchers.entries.last { $0.value == watcher }?.key
  }

  /// Ends a monitor of a process there; false when there was none.
  @discardableResult
  mutating func removeWatcher(_ mark: Reference) -> Bool {
    watchers.remove(mark) != nil
  }

  mutating func addWatched(_ watched: Watched, as foreign: Reference) {
    self.watched[foreign] = watched
    marks[watched.mark] = foreign
  }

  /// Ends a monitor that a process there has set, by its mark there.
  mutating func removeWatched(_ foreign: Reference) -> Watched? {
    guard let ended = watched.removeValue(forKey: foreign) else { return nil }
    marks[ended.mark] = nil
    return ended
  }

  /// Ends a monitor that a process there has set, by the mark that stands for it here; its mark
  /// there.
  mutating func removeWatched(standingIn mark: Reference) -> Reference? {
    guard let foreign = marks.removeValue(forKey: mark) else { return nil }
    watched[foreign] = nil
    return foreign
  }
}
