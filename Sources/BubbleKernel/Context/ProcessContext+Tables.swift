package import BubbleEvents

/// Stands for a table that is being changed.
private struct AbsentTable: SharedTable {
  func describeState() -> [ProcessInspection.Field] { [] }
}

extension ProcessContext {
  /// Makes a table that this process owns; raises `badarg` when the name is taken.
  package mutating func makeTable(_ name: String, _ table: some SharedTable) throws {
    guard core.tables[name] == nil else { throw RaisedError.badArgument }
    core.processes[core.current].flags.insert(.ownsTables)
    core.tables[name] = OwnedTable(owner: core.currentPID, table: table)
  }

  /// The table of that name, and its owner; nil when there is none of that type.
  package func table<Table: SharedTable>(
    _ name: String, as type: Table.Type = Table.self
  ) -> (owner: PID, table: Table)? {
    guard let owned = core.tables[name], let table = owned.table as? Table else { return nil }
    return (owned.owner, table)
  }

  /// Changes the table of that name in place; nil when there is none of that type.
  package mutating func changeTable<Table: SharedTable, Result>(
    _ name: String, _ change: (inout Table) throws -> Result
  ) rethrows -> Result? {
    guard let owned = core.tables[name], var table = owned.table as? Table else { return nil }
    // No second reference is left, so nothing is copied.
    core.tables[name]?.table = AbsentTable()
    let owner = owned.owner
    defer { core.tables[name] = OwnedTable(owner: owner, table: table) }
    return try change(&table)
  }
}
