internal import BubbleEvents

extension Core {
  /// Lets the tables of a process go.
  mutating func dropTables(of owner: PID) {
    tables = tables.filter { $0.value.owner != owner }
  }

  /// What the inspector shows of the tables of a process, in the order of their names.
  func describeTables(of owner: PID) -> [ProcessInspection.Field] {
    tables.filter { $0.value.owner == owner }.sorted { $0.key < $1.key }
      .flatMap { $0.value.table.describeState() }
  }
}
