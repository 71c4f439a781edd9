extension DynamicSupervisor {
  /// The supervisor to start.
  public func supervisor(_ module: String, name: String? = nil) -> Supervisor {
    Supervisor(module, name: name) { _ in .dynamic(self) }
  }
}
