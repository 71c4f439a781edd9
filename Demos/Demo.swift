public import BubbleScenarios
internal import BubbleText

/// A scenario that the program brings along; its file is part of the program.
public struct Demo: Hashable, Sendable {
  /// What it is asked for by.
  public var name: String
  /// The file, comments included.
  public var text: String

  /// What it shows, in one line.
  public var summary: String {
    let key = "description: "
    let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
    return line.map { String($0.dropFirst(key.count)) } ?? ""
  }

  /// The scenario itself.
  ///
  /// - Throws: What is wrong with the file, which the tests make sure is nothing.
  public func scenario() throws(ScenarioError) -> Scenario {
    try Scenario(yaml: text, file: "\(name).yaml")
  }
}

extension Demo {
  /// All of them, in the order in which they explain each other.
  public static let all: [Demo] = [
    Demo("first-bubble", PackageResources.first_bubble_yaml),
    Demo("one-for-one", PackageResources.one_for_one_yaml),
    Demo("rest-for-one", PackageResources.rest_for_one_yaml),
    Demo("one-for-all", PackageResources.one_for_all_yaml),
    Demo("dynamic", PackageResources.dynamic_yaml),
    Demo("escalation", PackageResources.escalation_yaml),
    Demo("philly", PackageResources.philly_yaml),
    Demo("shutdown", PackageResources.shutdown_yaml),
    Demo("state-machine", PackageResources.state_machine_yaml),
    Demo("event-manager", PackageResources.event_manager_yaml),
    Demo("elixir", PackageResources.elixir_yaml),
    Demo("applications", PackageResources.applications_yaml),
    Demo("upgrade", PackageResources.upgrade_yaml),
    Demo("inspection", PackageResources.inspection_yaml),
    Demo("shop", PackageResources.shop_yaml),
    Demo("swarm", PackageResources.swarm_yaml),
    Demo("two-kings", PackageResources.two_kings_yaml),
    Demo("one-cable", PackageResources.one_cable_yaml),
    Demo("lost-letter", PackageResources.lost_letter_yaml),
    Demo("group", PackageResources.group_yaml),
    Demo("minority", PackageResources.minority_yaml),
  ]

  /// The one called `name`, if there is one.
  public static func named(_ name: String) -> Demo? {
    all.first { $0.name == name }
  }

  /// The name that `name` was probably meant to be; nil when none is near.
  public static func nearestName(to name: String) -> String? {
    nearestWord(to: name, in: all.map(\.name))
  }

  private init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    text = String(decoding: bytes, as: UTF8.self)
  }
}
