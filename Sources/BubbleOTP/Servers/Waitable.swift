/// What a callback returns, when that may be a wait: what waits more than once goes on through it.
public protocol Waitable<Server>: Sendable {
  /// Whose callback it is.
  associatedtype Server: Sendable
  /// Waits inside the callback.
  static func wait(_ wait: Wait<Server, Self>) -> Self
}

extension InitResult: Waitable {}
extension CallResult: Waitable {}
extension CastResult: Waitable {}
extension TerminateResult: Waitable {}
