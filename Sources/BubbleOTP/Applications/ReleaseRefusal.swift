internal import BubbleEvents

/// Why something is not done with a release.
struct ReleaseRefusal: Error {
  var reason: Term
}
