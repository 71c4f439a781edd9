import BubbleEvents
public import BubbleKernel

/// The process that makes a cluster of the nodes that are connected: it lets all visible ones
/// connect with each other, keeps partitions from overlapping, and keeps the global names and locks
/// (OTP: global).
///
/// One runs on each node, from its start, under the name `global_name_server`. A change of names
/// is made by one of them at a time: it locks the others in the order of their nodes' names, so
/// that nobody waits for somebody who waits for it.
public struct GlobalNameServer: ProcessBody {
  /// What it is to do, as OTP's kernel parameters say.
  public struct Options: Hashable, Sendable {
    /// Whether visible nodes form a full mesh, and share their names (OTP: connect_all, D5).
    public var connectsAll = true
    /// Whether a node that has lost one connection is left by all others, so that no two partitions
    /// have a node in common (OTP: prevent_overlapping_partitions, D121).
    public var preventsOverlaps = true

    /// As OTP sets out.
    public init() {}
  }

  /// What one of them tells another.
  enum Notice: Sendable {
    /// The connection is new; I share my names with these nodes.
    case hello(synchronized: [NodeID])
    /// I have lost the connection with that node, in the life that this process had there.
    case lost(NodeID, PID?)
    /// End our connection, because somebody else has lost you; what you have told me before still
    /// counts.
    case leave
    /// I have done with the names.
    case unlock
  }

  /// A notice and who tells it.
  struct Letter: Sendable {
    var from: PID
    var notice: Notice
  }

  /// Under which it is registered.
  package static let name = "global_name_server"

  let options: Options
  /// The visible nodes that are connected, and their name servers as far as they have said hello.
  var known = OrderedTable<NodeID, PID?>()
  /// Those that leave because somebody else has lost them.
  private var leaving: Set<NodeID> = []
  /// The nodes that this one shares its names with.
  var synchronized: Set<NodeID> = []
  /// The connections with such nodes that are being made.
  var joining: [Reference: NodeID] = [:]
  /// The names, with how conflicts about them are resolved.
  var entries: [Term: GlobalEntry] = [:]
  /// The monitors of owners.
  var monitors: [Reference: Term] = [:]
  /// What is to be done to the names, in order; the first is under way.
  var operations: [GlobalOperation] = []
  /// Who may change the names of this node, and who waits for it.
  var turn: [GlobalTurn] = []
  /// The calls to other name servers that have not been answered.
  var calls: [Reference: NodeID] = [:]
  /// The locks of processes on this node.
  var locks = GlobalLocks()

  init(_ options: Options) {
    self.options = options
  }

  /// Starts the name server of a node that has just been started, as a process of which nothing is
  /// told but what becomes of names.
  public static func start(on kernel: inout Kernel, _ options: Options = Options()) {
    kernel.spawnUntold(GlobalNameServer(options))
  }

  /// The process of OTP that it stands for.
  public var behaviour: String { "gen_server global_name_server" }

  /// Takes its name, and listens to its node.
  public mutating func start(_ context: inout ProcessContext) throws {
    try context.register(Self.name, context.pid)
    try context.makeTable(GlobalNameTable.name, GlobalNameTable())
    context.trapsExits = true
    context.monitorNodes()
  }

  /// Serves processes, and those of its kind on other nodes.
  public mutating func receive(_ message: Message, _ context: inout ProcessContext) throws {
    switch message {
    case .plain:
      guard let status = message.plain(as: NodeStatus.self) else { return }
      if status.isUp { connected(status.node, &context) } else { lost(status.node, &context) }
    case .cast(let payload):
      if let letter = unpack(payload, as: Letter.self) { take(letter, &context) }
    case .call(let request, let caller): serve(request, caller, &context)
    case .reply(let mark, let value):
      if let node = calls.removeValue(forKey: mark) { answered(node, value, &context) }
      joining[mark] = nil
    case .down(let mark, _, _): ended(mark, &context)
    case .exit, .timer, .started, .system, .control: break
    }
  }

  func tell(_ other: NodeID, _ notice: Notice, _ context: inout ProcessContext) {
    context.cast(
      Letter(from: context.pid, notice: notice), to: .remoteName(Self.name, other))
  }

  private mutating func ended(_ mark: Reference, _ context: inout ProcessContext) {
    if let name = monitors.removeValue(forKey: mark) {
      forget(name, &context)
    } else if let node = calls.removeValue(forKey: mark) {
      answered(node, nil, &context)
    } else if let node = joining.removeValue(forKey: mark) {
      synchronized.remove(node)
    } else {
      locks.ended(mark)
    }
  }

  // MARK: - Connections

  private mutating func connected(_ other: NodeID, _ context: inout ProcessContext) {
    tell(other, .hello(synchronized: synchronized.sorted()), &context)
    known.set(other, nil)
    leaving.remove(other)
  }

  private mutating func lost(_ other: NodeID, _ context: inout ProcessContext) {
    let server = known.remove(other) ?? nil
    synchronized.remove(other)
    releaseTurn(of: other, &context)
    guard leaving.remove(other) == nil, options.preventsOverlaps, options.connectsAll else {
      return
    }
    for (node, _) in known.entries { tell(node, .lost(other, server), &context) }
  }

  private mutating func take(_ letter: Letter, _ context: inout ProcessContext) {
    let sender = letter.from.node
    switch letter.notice {
    case .hello(let synchronized):
      guard known[sender] != nil else { return }
      known.set(sender, letter.from)
      guard options.connectsAll else { return }
      if context.nodeNames[context.node] < context.nodeNames[sender],
        !self.synchronized.contains(sender)
      {
        let merger = GlobalOperation.Kind.merge(sender, their: synchronized)
        enqueue(GlobalOperation(merger, for: nil), &context)
      }
    case .lost(let other, let server): part(from: other, server, &context)
    case .leave:
      guard known[sender] != nil else { return }
      leaving.insert(sender)
      context.disconnect(from: sender)
    case .unlock: releaseTurn(of: sender, &context)
    }
  }

  /// Lets a node go that somebody else has lost, in the same life of that node.
  private mutating func part(
    from other: NodeID, _ server: PID?, _ context: inout ProcessContext
  ) {
    guard options.preventsOverlaps, options.connectsAll, let mine = known[other],
      mine == nil || server == nil || mine == server
    else { return }
    tell(other, .leave, &context)
    leaving.insert(other)
  }
}
