extension Plan {
  /// What it costs one supervisor.
  package struct BudgetChange: Hashable, Sendable {
    /// Whose.
    package var supervisor: SlotID
    /// Before.
    package var before: Budget
    /// After its last restart, as seen at that instant.
    package var after: Budget
    /// Whether the intensity is exceeded and the supervisor gives up.
    package var isSpent: Bool
  }
}
