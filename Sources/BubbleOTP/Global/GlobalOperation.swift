import BubbleEvents
import BubbleKernel

/// A change of the global names that a name server makes, from locking to unlocking.
struct GlobalOperation: Sendable {
  /// What is to be done.
  enum Kind: Sendable {
    /// Gives a name to a process; taken names are refused unless `isForced`.
    case register(Term, GlobalEntry, isForced: Bool)
    case unregister(Term)
    /// Joins the names of this node and those that it shares them with, and those of another one.
    case merge(NodeID, their: [NodeID])
  }

  let kind: Kind
  let caller: Caller?
  /// The nodes that are still to be locked, in the order of their names.
  var unlocked: [NodeID] = []
  /// The nodes that are locked, with the names of each.
  var tables: [NodeID: [Term: GlobalEntry]] = [:]
  /// The nodes that have not confirmed the change yet.
  var unconfirmed: Set<NodeID> = []
  /// Whether all nodes are locked that can be.
  var isLocked = false

  init(_ kind: Kind, for caller: Caller?) {
    self.kind = kind
    self.caller = caller
  }
}

/// Somebody who may change the names of a node, or waits for it.
enum GlobalTurn: Sendable {
  /// This node's own name server.
  case own
  /// That of another node.
  case other(Caller)
}

/// What name servers, and processes, ask a name server for.
enum GlobalRequest: Sendable {
  case register(Term, GlobalEntry, isForced: Bool)
  case unregister(Term)
  /// From a name server: wait until nobody else changes the names here, then tell them.
  case lock
  /// From the name server that has locked this one.
  case apply([GlobalChange], synchronized: [NodeID])
  /// From a process: lock this node only; whether that went well.
  case setLock(GlobalLockID, PID)
  case deleteLock(GlobalLockID, PID)
}

extension GlobalNameServer {
  mutating func serve(
    _ request: any Sendable, _ caller: Caller, _ context: inout ProcessContext
  ) {
    guard let request = unpack(request, as: GlobalRequest.self) else { return }
    switch request {
    case .register(let name, let entry, let isForced):
      let kind = GlobalOperation.Kind.register(name, entry, isForced: isForced)
      enqueue(GlobalOperation(kind, for: caller), &context)
    case .unregister(let name):
      enqueue(GlobalOperation(.unregister(name), for: caller), &context)
    case .lock:
      turn.append(.other(caller))
      if turn.count == 1 { grantTurn(&context) }
    case .apply(let changes, let nodes):
      apply(changes, nodes, &context)
      context.reply(to: caller, true)
    case .setLock(let id, let holder):
      context.reply(to: caller, locks.set(id, holder, &context))
    case .deleteLock(let id, let holder):
      locks.delete(id, holder, &context)
      context.reply(to: caller, true)
    }
  }

  // MARK: - Who may change the names of this node

  private mutating func grantTurn(_ context: inout ProcessContext) {
    switch turn.first {
    case .own: locked(context.node, entries, &context)
    case .other(let caller): context.reply(to: caller, entries)
    case nil: break
    }
  }

  /// Takes the turn, and the place in the queue, of a node's name server away.
  mutating func releaseTurn(of node: NodeID, _ context: inout ProcessContext) {
    func isTheirs(_ turn: GlobalTurn) -> Bool {
      switch turn {
      case .own: node == context.node
      case .other(let caller): node == caller.pid?.node
      }
    }
    let wasTheirs = turn.first.map(isTheirs) ?? false
    turn.removeAll(where: isTheirs)
    if wasTheirs { grantTurn(&context) }
  }

  // MARK: - An operation

  mutating func enqueue(_ operation: GlobalOperation, _ context: inout ProcessContext) {
    operations.append(operation)
    if operations.count == 1 { begin(&context) }
  }

  private mutating func begin(_ context: inout ProcessContext) {
    guard let operation = operations.first else { return }
    var nodes = synchronized.union([context.node])
    if case .merge(let other, let their) = operation.kind {
      guard known[other] != nil, !synchronized.contains(other) else {
        operations.removeFirst()
        return begin(&context)
      }
      nodes.formUnion(their + [other])
    }
    let names = context.nodeNames
    operations[0].unlocked = nodes.sorted { names[$0] < names[$1] }
    lockNext(&context)
  }

  private mutating func lockNext(_ context: inout ProcessContext) {
    guard let node = operations[0].unlocked.first else {
      operations[0].isLocked = true
      return change(&context)
    }
    guard node == context.node else { return call(node, .lock, &context) }
    turn.append(.own)
    if turn.count == 1 { grantTurn(&context) }
  }

  private mutating func call(
    _ node: NodeID, _ request: GlobalRequest, _ context: inout ProcessContext
  ) {
    let mark = context.call(request, to: .remoteName(Self.name, node))
    calls[mark] = node
  }

  /// A node is locked, or cannot be reached.
  private mutating func locked(
    _ node: NodeID, _ table: [Term: GlobalEntry]?, _ context: inout ProcessContext
  ) {
    guard operations.first?.unlocked.first == node else { return }
    operations[0].unlocked.removeFirst()
    operations[0].tables[node] = table
    lockNext(&context)
  }

  /// Another name server has answered; nil when it is lost.
  mutating func answered(
    _ node: NodeID, _ value: (any Sendable)?, _ context: inout ProcessContext
  ) {
    guard let operation = operations.first else { return }
    if operation.isLocked {
      confirmed(node, &context)
    } else {
      locked(node, value.flatMap { unpack($0, as: [Term: GlobalEntry].self) }, &context)
    }
  }

  private mutating func confirmed(_ node: NodeID, _ context: inout ProcessContext) {
    operations[0].unconfirmed.remove(node)
    if operations[0].unconfirmed.isEmpty { finish(true, &context) }
  }

  /// Makes the change on every node that is locked.
  private mutating func change(_ context: inout ProcessContext) {
    guard let changes = changes(of: operations[0], &context) else {
      return finish(false, &context)
    }
    let nodes = operations[0].tables.keys.sorted()
    var shared: [NodeID] = []
    if case .merge(let other, _) = operations[0].kind, operations[0].tables[other] != nil {
      shared = nodes
    }
    operations[0].unconfirmed = Set(nodes)
    apply(changes, shared, &context)
    for node in nodes where node != context.node {
      call(node, .apply(changes, synchronized: shared), &context)
    }
    confirmed(context.node, &context)
  }

  private mutating func finish(_ answer: Bool, _ context: inout ProcessContext) {
    let operation = operations.removeFirst()
    for node in operation.tables.keys.sorted() where node != context.node {
      tell(node, .unlock, &context)
    }
    if let caller = operation.caller { context.reply(to: caller, answer) }
    releaseTurn(of: context.node, &context)
    begin(&context)
  }
}
