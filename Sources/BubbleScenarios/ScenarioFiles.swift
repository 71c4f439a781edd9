/// How a scenario reads the other files that it names, such as `.app` files.
public struct ScenarioFiles: Sendable {
  /// Why a file cannot be read, in words.
  public struct Failure: Error, Hashable, Sendable {
    /// Such as `no such file or directory`.
    public var reason: String

    /// Creates a failure.
    public init(_ reason: String) {
      self.reason = reason
    }
  }

  /// The bytes of a file, by its name as the scenario has it.
  let read: @Sendable (String) throws(Failure) -> [UInt8]

  /// Reads files by `read`, which gets a name as the scenario has it: relative to its own place.
  public init(_ read: @escaping @Sendable (String) throws(Failure) -> [UInt8]) {
    self.read = read
  }

  /// Files whose texts are known, by their names.
  public init(_ texts: [String: String] = [:]) {
    self.init { (name) throws(Failure) in
      guard let text = texts[name] else { throw Failure("there is no such file here") }
      return Array(text.utf8)
    }
  }
}
