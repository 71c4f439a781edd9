public import BubbleEvents
public import BubbleKernel

/// Connects a node that starts with the others, before its tree begins (OTP: the kernel parameter
/// sync_nodes_optional, D180); nothing is told of it.
public struct NodeSynchronizer: ProcessBody {
  private let others: [NodeID]
  private let settling: Duration
  private let root: PID?
  private var then: Blocking<Term>.Then?

  /// Starts on a node that has just been started, and begins a start function there; what that
  /// spawns waits until the node is connected with each of `others` that can be reached, and until
  /// after that a time has passed in which their name servers may agree.
  public static func start(
    on kernel: inout Kernel, connecting others: [NodeID], settling: Duration,
    then start: ProcessStart
  ) {
    var root: PID?
    if case .spawned(let pid, _) = kernel.begin(start) { root = pid }
    if let root { kernel.context.hold(root) }
    kernel.spawnUntold(
      NodeSynchronizer(others: others, settling: settling, root: root, then: nil))
  }

  /// What it is called where processes of the system are seen.
  public var behaviour: String { "net_kernel" }

  /// Begins to connect.
  public mutating func start(_ context: inout ProcessContext) throws {
    // All at once, so that nodes that start together are ready together.
    let marks = others.map { context.connect(to: $0) }
    let blocking = try Self.waiting(for: marks[...], &context).then(&context) {
      [settling] _, context in
      context.sleep(settling)
    }
    goOn(blocking, &context)
  }

  /// Drops it: nobody has anything to say to it.
  public mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {}

  /// Goes on with the next node, or ends.
  public mutating func resume(_ received: Received, _ context: inout ProcessContext) throws {
    guard let then else { return }
    goOn(try then(received, &context), &context)
  }

  /// Waits for the answers, whatever they are.
  private static func waiting(
    for marks: ArraySlice<Reference>, _ context: inout ProcessContext
  ) throws -> Blocking<Term> {
    guard let next = marks.first else { return .value("ok") }
    return .waiting(.reply(next), until: nil) { _, context in
      try waiting(for: marks.dropFirst(), &context)
    }
  }

  private mutating func goOn(_ blocking: Blocking<Term>, _ context: inout ProcessContext) {
    switch blocking {
    case .value:
      if let root { context.release(root) }
      context.finish(.normal)
    case .waiting(let awaited, let instant, let next):
      then = next
      context.wait(for: awaited, until: instant)
    }
  }
}
