public import BubbleEvents
import BubbleKernel

/// Keys, the processes that have registered under them, and a value with each (Elixir: Registry).
///
/// A registry is a supervisor of partitions, and its entries lie in tables that every process reads
/// and writes without a message. Who registers is linked with a partition: its entries vanish some
/// time after it, and it dies with the registry. With `unique` keys a key has one process, and can
/// stand for its name (`ProcessName.registry`, `ProcessStart.registered`).
///
/// ```swift
/// let registry = Registry("rooms", keys: .duplicate)
/// simulation.start(registry.supervisor.start)
/// // In a process:
/// try Registry.register("lobby", value: 7, in: "rooms", &context)
/// let everybody = try Registry.lookup("lobby", in: "rooms", context)
/// ```
public struct Registry: Sendable {
  /// How many processes a key may have.
  public enum Keys: String, Hashable, Sendable, CaseIterable {
    /// One.
    case unique
    /// Any number, each any number of times.
    case duplicate
  }

  /// A process under a key.
  public struct Entry: Hashable, Sendable, CustomStringConvertible {
    /// The process.
    public var pid: PID
    /// What it has registered with the key.
    public var value: Term

    /// Creates an entry.
    public init(pid: PID, value: Term) {
      self.pid = pid
      self.value = value
    }

    /// `{Pid,Value}`.
    public var description: String { "{\(pid),\(value)}" }
  }

  /// What registering comes to.
  public enum Registration: Hashable, Sendable {
    /// Done; the process is linked with that partition.
    case registered(partition: PID)
    /// The key is taken, perhaps by the same process.
    case alreadyRegistered(PID)
  }

  /// Under which it is registered and asked.
  public var name: String
  /// How many processes a key may have.
  public var keys: Keys
  /// How many tables share the entries, at least 1.
  public var partitions: Int
  /// Names of processes that are sent `{register,Registry,Key,Pid,Value}` and
  /// `{unregister,Registry,Key,Pid}`; the end of a process is not told.
  public var listeners: [String]
  /// When it gives up; Elixir's is 3 in 5 seconds.
  public var intensity = RestartIntensity(3, in: 5)

  /// Creates a registry.
  public init(_ name: String, keys: Keys, partitions: Int = 1, listeners: [String] = []) {
    precondition(partitions > 0, "a registry has at least one partition")
    self.name = name
    self.keys = keys
    self.partitions = partitions
    self.listeners = listeners
  }

  /// The id and registered name of a partition.
  package static func partitionName(of registry: String, _ number: Int) -> String {
    "\(registry).PIDPartition\(number)"
  }

  /// The supervisor to start.
  ///
  /// Partitions with unique keys fall together, since a process may be linked with one and have its
  /// keys in another (Elixir: one_for_all, else one_for_one).
  public var supervisor: Supervisor {
    Supervisor("Registry", name: name) { [self] context in
      try context.makeTable(
        name, RegistryDirectory(keys: keys, partitions: partitions, listeners: listeners))
      let flags = SupervisorFlags(
        strategy: keys == .unique ? .oneForAll : .oneForOne, intensity: intensity)
      return .supervise(
        flags,
        (0..<partitions).map { number in
          let partition = RegistryPartition(registry: name, number: number)
          return ChildSpec(
            id: .atom(partition.name), start: .genServer(name: partition.name) { partition },
            modules: .list(["Registry.Partition"]))
        })
    }
  }
}

/// What a registry's supervisor keeps of it (Elixir: its own ETS table).
struct RegistryDirectory: SharedTable {
  let keys: Registry.Keys
  let partitions: Int
  let listeners: [String]
  var meta: [Term: Term] = [:]

  func describeState() -> [ProcessInspection.Field] {
    [ProcessInspection.Field(name: "keys", value: keys.rawValue)]
      + meta.map { ("\($0.key)", "\($0.value)") }.sorted { $0.0 < $1.0 }
      .map { ProcessInspection.Field(name: "meta \($0.0)", value: $0.1) }
  }
}

/// The entries of one partition: the keys that fall to it, and what the processes that are linked
/// with it have registered, wherever that is.
struct RegistryEntries: SharedTable {
  struct Entry: Sendable {
    /// The order of registering.
    var number: Int
    var pid: PID
    var value: Term
  }

  var byKey: [Term: [Entry]] = [:]
  /// The keys of a process in the order of registering, as often as it has them.
  var keys: [PID: [Term]] = [:]
  var count = 0
  private var last = 0

  mutating func add(_ pid: PID, _ key: Term, _ value: Term) {
    last += 1
    count += 1
    byKey[key, default: []].append(Entry(number: last, pid: pid, value: value))
  }

  /// Takes the entries of a key out that satisfy the condition; how many there were.
  mutating func remove(_ key: Term, where condition: (Entry) throws -> Bool) rethrows -> Int {
    guard let entries = byKey[key] else { return 0 }
    let left = try entries.filter { try !condition($0) }
    byKey[key] = left.isEmpty ? nil : left
    count -= entries.count - left.count
    return entries.count - left.count
  }

  /// Takes a key off the list of a process, so many times.
  mutating func forget(_ key: Term, times: Int, of pid: PID) {
    for _ in 0..<times {
      guard let index = keys[pid]?.firstIndex(of: key) else { return }
      keys[pid]?.remove(at: index)
    }
    if keys[pid]?.isEmpty == true { keys[pid] = nil }
  }

  /// Everything in the order of registering.
  var inOrder: [(key: Term, entry: Entry)] {
    byKey.flatMap { key, entries in entries.map { (key, $0) } }
      .sorted { $0.entry.number < $1.entry.number }
  }

  /// The first entries are shown, and how many there are.
  func describeState() -> [ProcessInspection.Field] {
    [ProcessInspection.Field(name: "entries", value: "\(count)")]
      + inOrder.prefix(Self.shown).map { key, entry in
        let value = entry.value == "nil" ? "" : " \(entry.value)"
        return ProcessInspection.Field(name: "\(key)", value: "\(entry.pid)\(value)")
      }
  }

  private static let shown = 100
}

/// A process of a registry: owns a part of the entries, and removes those of processes that end.
struct RegistryPartition: GenServer {
  let registry: String
  let number: Int

  var name: String { Registry.partitionName(of: registry, number) }

  var behaviour: String { "registry \(registry)" }

  mutating func initialize(
    _ context: inout ProcessContext
  ) throws -> InitResult<RegistryPartition> {
    context.trapsExits = true
    try context.makeTable(name, RegistryEntries())
    return .ok
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<RegistryPartition> {
    if case .exit(let pid?, _) = message { try Registry.forget(pid, registry, number, &context) }
    return .noReply
  }

  func describeState() -> [ProcessInspection.Field] { [] }
}
