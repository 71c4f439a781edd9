/// What a process runs, as events and inspections say it: a behaviour, and behind a blank its
/// module, such as `gen_server Cache`.
public struct Behaviour: Hashable, Sendable {
  /// The behaviour, such as `supervisor`.
  public let name: String
  /// The module; nil when there is none.
  public let module: String?

  /// Takes the text apart.
  public init(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    name = parts.first.map(String.init) ?? ""
    module = parts.count > 1 ? String(parts[1]) : nil
  }

  /// The module of a supervisor; nil for any other behaviour.
  public var supervisorModule: String? { name == "supervisor" ? module : nil }

  /// Whether it starts and stops applications.
  public var isApplicationController: Bool { name == "application_controller" }
}
