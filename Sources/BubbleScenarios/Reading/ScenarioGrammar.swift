/// The grammar of scenario files as a whole, for documents and tools.
package enum ScenarioGrammar {
  /// A kind of mapping and the keys it may have.
  package struct Table: Hashable, Sendable {
    package var subject: String
    package var keys: [String]
  }

  /// All mappings whose keys are fixed.
  package static let tables: [Table] = [
    table(FileKey.self), table(SupervisorKey.self), table(IntensityKey.self),
    table(NodeKey.self), table(NetworkKey.self), table(CableKey.self),
    table(ApplicationKey.self), table(ApplicationStartKey.self), table(PhaseKey.self),
    table(IncludedKey.self),
    table(WorkerKey.self), table(CallKey.self), table(CastKey.self), table(StartingKey.self),
    table(EndKey.self), table(StartKey.self), table(StateKey.self), table(HandlerKey.self),
    table(GuardKey.self), table(RegisteringKey.self), table(TaskingKey.self), table(CueKey.self),
    table(WaitKey.self), table(ExpectKey.self), table(UpgradeKey.self), table(StopKey.self),
    table(LinkKey.self), table(MonitorKey.self), table(CodeChangeKey.self),
    table(DeletionKey.self), table(SwapKey.self),
    table(RecipientKey.self), table(GlobalKey.self), table(LeadingKey.self),
  ]

  private static func table<Key: ScenarioKey>(_: Key.Type) -> Table {
    Table(subject: Key.subject, keys: Key.words)
  }
}
