/// What `payload` holds, when that is a `Value`.
///
/// Nearly always it is exactly that, which one comparison tells; the cast that also finds bridges
/// and protocols takes some fifty times as long.
@inlinable @inline(__always)
package func unpack<Value>(_ payload: any Sendable, as type: Value.Type) -> Value? {
  exactly(payload, type) ?? (payload as? Value)
}

@inlinable @inline(__always)
package func exactly<Content, Value>(_ content: Content, _ type: Value.Type) -> Value? {
  guard Content.self == Value.self else { return nil }
  return withUnsafePointer(to: content) { pointer in
    UnsafeRawPointer(pointer).assumingMemoryBound(to: Value.self).pointee
  }
}

extension Message {
  /// What a plain message carries, when it is one and that is a `Payload`; faster than `as?`.
  @inlinable public func plain<Payload: Sendable>(as type: Payload.Type) -> Payload? {
    guard case .plain(let payload) = self else { return nil }
    return unpack(payload, as: type)
  }
}
