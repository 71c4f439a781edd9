public import BubbleEvents
public import BubbleKernel

/// Supervises several copies of one child, and finds the one that a key belongs to (Elixir:
/// PartitionSupervisor).
///
/// The copies have the ids 0, 1, 2 and so on, and keep them through restarts. A whole number
/// belongs to the partition `abs(key) rem partitions`, any other key to `phash2(key, partitions)`
/// (`ProcessName.partition`).
///
/// ```swift
/// let workers = PartitionSupervisor(
///   "workers", child: ChildSpec(id: "worker", start: .genServer { Counter() }), partitions: 4)
/// simulation.start(workers.supervisor.start)
/// ```
public struct PartitionSupervisor: Sendable {
  /// Under which it is registered and asked.
  public var name: String
  /// What the partitions are copies of; its id does not count.
  public var child: ChildSpec
  /// How many there are, at least 1; Elixir's default is the number of cores, which a machine of
  /// ours has not.
  public var partitions: Int
  /// What the child's start function is given.
  public var arguments: [Term]
  /// Makes the arguments of a partition of its number (Elixir: with_arguments).
  public var withArguments: @Sendable ([Term], Int) -> [Term]
  /// Which partitions share the fate of a dead one.
  public var strategy: Supervisor.Strategy
  /// When it gives up; Elixir's default is 3 in 5 seconds.
  public var intensity: RestartIntensity

  /// Creates a supervisor of partitions.
  public init(
    _ name: String, child: ChildSpec, partitions: Int, arguments: [Term] = [],
    strategy: Supervisor.Strategy = .oneForOne,
    intensity: RestartIntensity = RestartIntensity(3, in: 5),
    withArguments: @escaping @Sendable ([Term], Int) -> [Term] = { arguments, _ in arguments }
  ) {
    precondition(partitions > 0, "there is at least one partition")
    self.name = name
    self.child = child
    self.partitions = partitions
    self.arguments = arguments
    self.withArguments = withArguments
    self.strategy = strategy
    self.intensity = intensity
  }

  /// The supervisor to start; `whichChildren` and `countChildren` tell of its partitions (PS4).
  public var supervisor: Supervisor {
    supervisor(PartitionSupervisor.module)
  }

  /// The same under another module name on the screen.
  public func supervisor(_ module: String) -> Supervisor {
    Supervisor(module, name: name) { [self] context in
      try context.makeTable(name, PartitionTable(count: partitions))
      let specs = (0..<partitions).map { number in
        var spec = child
        spec.id = .integer(number)
        spec.start = ProcessStart { context, _ in
          let attempt = try child.start.run(&context, withArguments(arguments, number))
          if case .spawned(let pid, _) = attempt { note(pid, number, &context) }
          return attempt
        }
        return spec
      }
      return .supervise(SupervisorFlags(strategy: strategy, intensity: intensity), specs)
    }
  }

  private func note(_ pid: PID, _ number: Int, _ context: inout ProcessContext) {
    context.changeTable(name) { (table: inout PartitionTable) in table.processes[number] = pid }
  }

  private static let module = "PartitionSupervisor"

  /// How many partitions a supervisor has; the caller exits with
  /// `{noproc,{PartitionSupervisor,partitions,[Name]}}` when there is none of that name.
  public static func partitions(of name: String, _ context: ProcessContext) throws -> Int {
    try table(name, context).count
  }

  /// The partition that a key belongs to (PS2); a dead one until it has been started again.
  static func whereis(_ key: Term, in name: String, _ context: ProcessContext) throws -> PID? {
    let table = try table(name, context)
    return table.processes[number(of: key, among: table.count)]
  }

  /// The number of the partition that a key belongs to.
  public static func number(of key: Term, among partitions: Int) -> Int {
    if case .integer(let number) = key { return Int(number.magnitude % UInt(partitions)) }
    return key.portableHash(below: partitions)
  }

  private static func table(_ name: String, _ context: ProcessContext) throws -> PartitionTable {
    guard let found = context.table(name, as: PartitionTable.self) else {
      let attempt = Term.tuple([.atom(module), "partitions", [.atom(name)]])
      throw ProcessExit(.failure(.tuple(["noproc", attempt])))
    }
    return found.table
  }
}

/// The process in each partition, as it was last started.
struct PartitionTable: SharedTable {
  let count: Int
  var processes: [Int: PID] = [:]

  func describeState() -> [ProcessInspection.Field] {
    [ProcessInspection.Field(name: "partitions", value: "\(count)")]
  }
}
