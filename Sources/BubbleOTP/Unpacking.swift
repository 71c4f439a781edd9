/// What `payload` holds, when that is a `Value`.
///
/// Nearly always it is exactly that, which one comparison tells; the cast that also finds bridges and
/// protocols takes some fifty times as long.
@inlinable @inline(__always)
func unpack<Value>(_ payload: any Sendable, as type: Value.Type) -> Value? {
  exactly(payload, type) ?? (payload as? Value)
}

@inlinable @inline(__always)
func exactly<Content, Value>(_ content: Content, _ type: Value.Type) -> Value? {
  guard Content.self == Value.self else { return nil }
  return withUnsafePointer(to: content) { pointer in
    UnsafeRawPointer(pointer).assumingMemoryBound(to: Value.self).pointee
  }
}
