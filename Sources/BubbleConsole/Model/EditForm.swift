import BubbleText
package import BubbleEvents
package import BubbleTree

/// The settings of a supervisor and of one child, while they are being changed.
package struct EditForm: Hashable, Sendable {
  /// One setting.
  package enum Field: String, CaseIterable, Hashable, Sendable {
    case strategy
    case intensity
    case period
    case restart
    case shutdown
    case place
  }

  /// All settings; a part is nil where there is nothing to set.
  package struct Settings: Hashable, Sendable {
    package var flags: SupervisorFlags?
    package var child: ChildSettings?
    /// The place in start order, from 0.
    package var place: Int?
  }

  /// The supervisor whose flags are set.
  package var supervisor: SlotID?
  /// The child whose specification is set.
  package var child: SlotID?
  /// The children of its supervisor that have a start order, in that order.
  package var order: [ChildID]
  /// Whether it may not be permanent.
  package var isSignificant: Bool
  package let before: Settings
  package var after: Settings
  package let fields: [Field]
  package var focus = 0
  /// What is typed for the field; empty while its value stands.
  package var text = ""
  /// Why the last value was not taken.
  package var objection: String?

  /// Who began the changes; what applies them only completes them.
  package let asker: Asker

  package var field: Field { fields[focus] }
}

extension EditForm {
  /// The form of what is selected: a supervisor's flags first, of a worker its own settings.
  init(_ node: TreeNode, in tree: ProcessTree, by asker: Asker) throws(Refusal) {
    self.asker = asker
    let supervisor = node.supervision == nil ? node.parent.map { tree[$0] } : node
    let flags = supervisor?.supervision?.flags
    var settings = Settings(flags: flags)
    var siblings: [ChildID] = []
    if let description = node.description, let parent = node.parent {
      settings.child = ChildSettings(
        restart: description.restart, shutdown: description.shutdown)
      siblings = tree[parent].children.filter { tree.contains($0) }
        .compactMap { tree[$0].description?.id }.filter(\.isNamed)
      settings.place = siblings.firstIndex(of: description.id)
    }
    var flagFields: [Field] = flags == nil ? [] : [.strategy, .intensity, .period]
    if flags?.strategy == .simpleOneForOne { flagFields.removeFirst() }
    var childFields: [Field] = settings.child == nil ? [] : [.restart, .shutdown]
    if settings.place != nil { childFields.append(.place) }
    fields = node.supervision == nil ? childFields + flagFields : flagFields + childFields
    guard !fields.isEmpty else { throw Refusal("\(node.name) has nothing that can be set") }
    self.supervisor = flags == nil ? nil : supervisor?.id
    child = settings.child == nil ? nil : node.id
    order = siblings
    isSignificant = node.description?.isSignificant ?? false
    before = settings
    after = settings
  }

  /// What has to be asked of the machine to make it so.
  func requests(in tree: ProcessTree) throws(Refusal) -> [ControlRequest] {
    var requests: [ControlRequest] = []
    if let flags = after.flags, flags != before.flags, let supervisor {
      requests.append(.supervisor(try pid(of: supervisor, tree), .changeFlags(flags)))
    }
    guard let child, let parent = tree[child].parent, let id = tree[child].childID else {
      return requests
    }
    if let settings = after.child, settings != before.child {
      if isSignificant, settings.restart == .permanent {
        throw Refusal("\(tree[child].name) is significant, and so cannot be permanent")
      }
      requests.append(.child(of: try pid(of: parent, tree), id, .change(settings)))
    }
    if let place = after.place, place != before.place {
      var order = order.filter { $0 != id }
      order.insert(id, at: min(place, order.count))
      requests.append(.supervisor(try pid(of: parent, tree), .reorderChildren(order)))
    }
    return requests
  }

  private func pid(of slot: SlotID, _ tree: ProcessTree) throws(Refusal) -> PID {
    guard tree.contains(slot), let pid = tree[slot].pid else {
      throw Refusal("\(tree[slot].name) is not running")
    }
    return pid
  }
}

extension ChildID {
  fileprivate var isNamed: Bool {
    if case .named = self { return true }
    return false
  }
}

// MARK: - Values

extension EditForm {
  /// A field's value as it is written.
  func value(_ field: Field, of settings: Settings) -> String {
    switch field {
    case .strategy: settings.flags?.strategy.rawValue ?? ""
    case .intensity: settings.flags.map { String($0.intensity.restarts) } ?? ""
    case .period: settings.flags.map { "\($0.intensity.seconds) s" } ?? ""
    case .restart: settings.child?.restart.rawValue ?? ""
    case .shutdown: settings.child.map { Self.words($0.shutdown) } ?? ""
    case .place: settings.place.map { "\($0 + 1) of \(order.count)" } ?? ""
    }
  }

  private static func words(_ shutdown: ChildShutdown) -> String {
    switch shutdown {
    case .brutalKill, .infinity: shutdown.description
    case .timeout(let milliseconds): exact(milliseconds: milliseconds)
    }
  }

  /// The next value of the field, or the one before.
  mutating func turn(by step: Int) {
    var flags = after.flags ?? SupervisorFlags()
    var child = after.child ?? ChildSettings(restart: .permanent, shutdown: .infinity)
    switch field {
    case .strategy:
      flags.strategy = Self.next(flags.strategy, in: SupervisionStrategy.changeable, step)
    case .intensity:
      flags.intensity.restarts = min(max(0, flags.intensity.restarts + step), Self.most)
    case .period: flags.intensity.seconds = min(max(1, flags.intensity.seconds + step), Self.most)
    case .restart:
      let types = ChildRestart.allCases.filter { !isSignificant || $0 != .permanent }
      child.restart = Self.next(child.restart, in: types, step)
    case .shutdown: child.shutdown = Self.next(child.shutdown, in: Self.shutdowns, step)
    case .place: after.place = after.place.map { min(max(0, $0 + step), order.count - 1) }
    }
    set(flags, child)
  }

  private mutating func set(_ flags: SupervisorFlags, _ child: ChildSettings) {
    if after.flags != nil { after.flags = flags }
    if after.child != nil { after.child = child }
  }

  private static let most = 1_000_000
  private static let shutdowns: [ChildShutdown] =
    [.brutalKill] + [100, 500, 1000, 2000, 5000, 10_000, 30_000].map { .timeout($0) } + [.infinity]

  /// The one after, the first after the last; the first for one that is not in the list.
  private static func next<Value: Equatable>(_ value: Value, in list: [Value], _ step: Int)
    -> Value
  {
    guard let index = list.firstIndex(where: { $0 == value }) else { return list[0] }
    return list[(index + step + list.count) % list.count]
  }

  /// Takes what was typed for the value of the field.
  mutating func takeTyped() throws(Refusal) {
    let typed = text.trimmed
    guard !typed.isEmpty else { return }
    var flags = after.flags ?? SupervisorFlags()
    var child = after.child ?? ChildSettings(restart: .permanent, shutdown: .infinity)
    switch field {
    case .strategy: flags = try flags.withStrategy(typed: typed)
    case .intensity: flags.intensity.restarts = try number(typed, from: 0, to: Self.most)
    case .period: flags.intensity.seconds = try number(typed, from: 1, to: Self.most)
    case .restart:
      guard let restart = ChildRestart(rawValue: typed) else {
        let names = ChildRestart.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refusal("there is no restart type '\(typed)': \(names)")
      }
      child.restart = restart
    case .shutdown: child.shutdown = try shutdown(typed)
    case .place: after.place = try number(typed, from: 1, to: order.count) - 1
    }
    set(flags, child)
    text = ""
  }

  private func number(_ text: String, from least: Int, to most: Int) throws(Refusal) -> Int {
    guard let number = Int(text), (least...most).contains(number) else {
      let article = field == .intensity ? "an" : "a"
      throw Refusal(
        "'\(text)' is not \(article) \(field.rawValue): write a number from \(least) to \(most)")
    }
    return number
  }

  private func shutdown(_ text: String) throws(Refusal) -> ChildShutdown {
    switch text {
    case "brutal_kill": return .brutalKill
    case "infinity": return .infinity
    default:
      if let milliseconds = Int(text), milliseconds >= 0 { return .timeout(milliseconds) }
      if let span = Duration(describedAs: text), span <= .seconds(1_000_000) {
        return .timeout(Int(span.wholeNanoseconds / 1_000_000))
      }
      throw Refusal("'\(text)' is not a shutdown: write 5000, 5s, brutal_kill or infinity")
    }
  }
}
