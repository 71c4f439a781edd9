extension TaskResult: Waitable {
  /// The work, which waits.
  public typealias Server = TaskWork<Value>
}
