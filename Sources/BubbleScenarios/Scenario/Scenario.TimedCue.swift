package import BubbleEvents
package import BubbleScripts

extension Scenario {
  /// A cue that comes at a given instant, whatever the tree does meanwhile.
  package struct TimedCue: Hashable, Sendable {
    /// When it comes.
    package var instant: RuntimeInstant
    /// What is asked of the machine, if anything.
    package var request: ScriptedRequest?
    /// A sentence for whoever watches.
    package var caption: String?

    /// Creates a cue.
    package init(
      instant: RuntimeInstant, request: ScriptedRequest? = nil, caption: String? = nil
    ) {
      self.instant = instant
      self.request = request
      self.caption = caption
    }
  }
}
