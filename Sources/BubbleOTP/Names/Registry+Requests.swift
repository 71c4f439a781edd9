public import BubbleEvents
public import BubbleKernel

// What processes do with a registry. All of it raises `{unknown_registry,Name}` when there is none
// of that name, takes effect at once, and gives what it gives in the order of registering.

extension Registry {
  // MARK: - One's own entries

  /// Registers this process under a key (RG1).
  @discardableResult
  public static func register(
    _ key: Term, value: Term = "nil", in registry: String, _ context: inout ProcessContext
  ) throws -> Registration {
    try enter(context.pid, key: key, value: value, in: registry, &context)
  }

  /// Removes all entries of this process under a key, or those whose value satisfies the condition.
  ///
  /// Listeners hear of it unless an entry of this process is left, even if there was none.
  public static func unregister(
    _ key: Term, in registry: String, _ context: inout ProcessContext,
    where condition: (Term) throws -> Bool = { _ in true }
  ) throws {
    let directory = try directory(registry, context)
    let pid = context.pid
    let removed = try context.changeTable(table(of: key, pid, registry, directory)) {
      (entries: inout RegistryEntries) in
      try entries.remove(key) { try $0.pid == pid && condition($0.value) }
    }
    let partition = partitionName(of: registry, home(of: pid, directory))
    let left = context.changeTable(partition) { (entries: inout RegistryEntries) in
      entries.forget(key, times: removed ?? 0, of: pid)
      return entries.keys[pid] ?? []
    }
    if left == [], let owner = context.whereis(partition) { context.unlink(owner) }
    guard left?.contains(key) != true else { return }
    tell(directory, ["unregister", .atom(registry), key, .pid(pid)], &context)
  }

  /// Gives this process's entry another value.
  ///
  /// The result is the new and the old one, or nil when this process has not the key. Raises
  /// `badarg` unless keys are unique.
  public static func updateValue(
    _ key: Term, in registry: String, _ context: inout ProcessContext,
    _ update: (Term) throws -> Term
  ) throws -> (new: Term, old: Term)? {
    let directory = try directory(registry, context)
    guard directory.keys == .unique else { throw RaisedError.badArgument }
    let pid = context.pid
    return try context.changeTable(table(of: key, pid, registry, directory)) {
      (entries: inout RegistryEntries) -> (new: Term, old: Term)? in
      guard let entry = entries.byKey[key]?.first, entry.pid == pid else { return nil }
      let new = try update(entry.value)
      entries.byKey[key]?[0].value = new
      return (new, entry.value)
    } ?? nil
  }

  // MARK: - Looking

  /// The processes under a key; one that has just ended may still be there (RG2).
  public static func lookup(
    _ key: Term, in registry: String, _ context: ProcessContext
  ) throws -> [Entry] {
    let directory = try directory(registry, context)
    return tables(of: key, registry, directory).flatMap { name in
      context.table(name, as: RegistryEntries.self)?.table.byKey[key] ?? []
    }.map { Entry(pid: $0.pid, value: $0.value) }
  }

  /// The entries of a key whose value satisfies the condition (Elixir: match, with a pattern).
  public static func match(
    _ key: Term, in registry: String, _ context: ProcessContext,
    where condition: (Term) throws -> Bool
  ) throws -> [Entry] {
    try lookup(key, in: registry, context).filter { try condition($0.value) }
  }

  /// What `choose` makes of all entries, without those for which it is nil (Elixir: select, with a
  /// match specification).
  public static func select<Choice>(
    in registry: String, _ context: ProcessContext,
    _ choose: (_ key: Term, _ pid: PID, _ value: Term) throws -> Choice?
  ) throws -> [Choice] {
    let directory = try directory(registry, context)
    return try (0..<directory.partitions).flatMap { number in
      let name = partitionName(of: registry, number)
      let entries = context.table(name, as: RegistryEntries.self)?.table.inOrder ?? []
      return try entries.compactMap { try choose($0.key, $0.entry.pid, $0.entry.value) }
    }
  }

  /// The keys of a process, as often as it has them.
  public static func keys(
    of pid: PID, in registry: String, _ context: ProcessContext
  ) throws -> [Term] {
    let directory = try directory(registry, context)
    let name = partitionName(of: registry, home(of: pid, directory))
    return context.table(name, as: RegistryEntries.self)?.table.keys[pid] ?? []
  }

  /// The values that a process has under a key.
  public static func values(
    _ key: Term, of pid: PID, in registry: String, _ context: ProcessContext
  ) throws -> [Term] {
    try lookup(key, in: registry, context).filter { $0.pid == pid }.map(\.value)
  }

  /// How many entries there are.
  public static func count(in registry: String, _ context: ProcessContext) throws -> Int {
    let directory = try directory(registry, context)
    return (0..<directory.partitions).reduce(0) { sum, number in
      let name = partitionName(of: registry, number)
      return sum + (context.table(name, as: RegistryEntries.self)?.table.count ?? 0)
    }
  }

  /// Calls a function with all entries of a key, in this process; not when there is none (RG4).
  public static func dispatch(
    _ key: Term, in registry: String, _ context: inout ProcessContext,
    _ deed: ([Entry], inout ProcessContext) throws -> Void
  ) throws {
    let entries = try lookup(key, in: registry, context)
    if !entries.isEmpty { try deed(entries, &context) }
  }

  /// The process that a key names, never a dead one; raises `badarg` unless keys are unique.
  public static func whereis(
    _ key: Term, in registry: String, _ context: ProcessContext
  ) throws -> PID? {
    guard try directory(registry, context).keys == .unique else { throw RaisedError.badArgument }
    return try lookup(key, in: registry, context).first.map(\.pid).flatMap { pid in
      context.isAlive(pid) ? pid : nil
    }
  }

  // MARK: - Beside the entries

  /// A value that the registry itself keeps.
  public static func meta(
    _ key: Term, in registry: String, _ context: ProcessContext
  ) throws -> Term? {
    try directory(registry, context).meta[key]
  }

  /// Gives the registry itself a value to keep, or takes it away.
  public static func putMeta(
    _ key: Term, _ value: Term?, in registry: String, _ context: inout ProcessContext
  ) throws {
    _ = try directory(registry, context)
    context.changeTable(registry) { (directory: inout RegistryDirectory) in
      directory.meta[key] = value
    }
  }

  // MARK: - Details

  /// Enters a process that lives under a key, and links it with its partition.
  static func enter(
    _ pid: PID, key: Term, value: Term, in registry: String, _ context: inout ProcessContext
  ) throws -> Registration {
    let directory = try directory(registry, context)
    let home = partitionName(of: registry, home(of: pid, directory))
    guard let partition = context.whereis(home) else {
      throw RaisedError(.tuple(["unknown_registry", .atom(registry)]))
    }
    let name = table(of: key, pid, registry, directory)
    if directory.keys == .unique {
      if let owner = try whereis(key, in: registry, context) { return .alreadyRegistered(owner) }
      // What is left belongs to a dead process.
      _ = context.changeTable(name) { (entries: inout RegistryEntries) in
        entries.remove(key) { _ in true }
      }
    }
    context.link(pid, with: partition)
    context.changeTable(home) { (entries: inout RegistryEntries) in
      entries.keys[pid, default: []].append(key)
    }
    context.changeTable(name) { (entries: inout RegistryEntries) in
      entries.add(pid, key, value)
    }
    tell(directory, ["register", .atom(registry), key, .pid(pid), value], &context)
    return .registered(partition: partition)
  }

  /// Removes everything of a process that has ended.
  static func forget(
    _ pid: PID, _ registry: String, _ number: Int, _ context: inout ProcessContext
  ) throws {
    let directory = try directory(registry, context)
    let home = partitionName(of: registry, number)
    let keys = context.changeTable(home) { (entries: inout RegistryEntries) in
      entries.keys.removeValue(forKey: pid) ?? []
    }
    var known: Set<Term> = []
    for key in keys ?? [] where known.insert(key).inserted {
      _ = context.changeTable(table(of: key, pid, registry, directory)) {
        (entries: inout RegistryEntries) in
        entries.remove(key) { $0.pid == pid }
      }
    }
  }

  private static func tell(
    _ directory: RegistryDirectory, _ news: [Term], _ context: inout ProcessContext
  ) {
    for listener in directory.listeners {
      if let pid = context.whereis(listener) { context.send(Term.tuple(news), to: pid) }
    }
  }

  private static func directory(
    _ registry: String, _ context: ProcessContext
  ) throws -> RegistryDirectory {
    guard let found = context.table(registry, as: RegistryDirectory.self) else {
      throw RaisedError(.tuple(["unknown_registry", .atom(registry)]))
    }
    return found.table
  }

  /// The number of the partition that a process is linked with.
  private static func home(of pid: PID, _ directory: RegistryDirectory) -> Int {
    Term.pid(pid).portableHash(below: directory.partitions)
  }

  /// The table that a key of a process lies in: by the key when it is unique, else by the process.
  private static func table(
    of key: Term, _ pid: PID, _ registry: String, _ directory: RegistryDirectory
  ) -> String {
    let number =
      directory.keys == .unique
      ? key.portableHash(below: directory.partitions) : home(of: pid, directory)
    return partitionName(of: registry, number)
  }

  /// The tables that a key may lie in.
  private static func tables(
    of key: Term, _ registry: String, _ directory: RegistryDirectory
  ) -> [String] {
    let numbers =
      directory.keys == .unique
      ? [key.portableHash(below: directory.partitions)] : Array(0..<directory.partitions)
    return numbers.map { partitionName(of: registry, $0) }
  }
}
