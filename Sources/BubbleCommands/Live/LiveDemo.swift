/// A demo that is a program with sockets of its own, in real time, and no scenario.
package enum LiveDemo: String, CaseIterable, Sendable {
  case chat

  /// What it is asked for by.
  package var name: String { rawValue }

  /// What it shows, in one line.
  var summary: String {
    switch self {
    case .chat: "a chat server in real time: everybody who connects with nc is a bubble"
    }
  }

  /// Why what takes a scenario does not take it.
  var isNoScenario: String {
    "\(name) runs in real time with real sockets, not from a scenario: open it with `bubbles demo "
      + "\(name)`, or without a screen with `bubbles demo \(name) --headless`"
  }
}

/// Where the live demos are opened: in this program, or in one that is built with what they need.
package protocol LiveDemos {
  /// Opens `demo` and stays until it is left, or does not return.
  static func open(_ demo: LiveDemo, _ options: DemoOptions) throws
}
