import BubbleEvents
import BubbleScenarios

extension Scenario.Child {
  /// The children of a supervisor that are listed in its file.
  var listedChildren: [Scenario.Child]? {
    if case .supervisor(_, let children) = content { children } else { nil }
  }

  /// The flags of a supervisor whose children are listed in its file.
  var listedFlags: SupervisorFlags? {
    if case .supervisor(let flags, _) = content { flags } else { nil }
  }
}
