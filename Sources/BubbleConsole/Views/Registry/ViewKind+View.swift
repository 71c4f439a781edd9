extension ViewKind {
  /// The registry: what draws each view and answers for it.
  package var view: any ConsoleView.Type {
    switch self {
    case .bubbles: BubblesView.self
    case .tree: TreeView.self
    case .table: TableView.self
    case .time: TimelineView.self
    case .lab: LabView.self
    case .log: LogView.self
    }
  }
}
