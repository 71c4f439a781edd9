public import BubbleEvents
public import BubbleRealTime
import Dispatch
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// The sockets of a machine: one event loop of SwiftNIO, on the loopback interface only.
///
/// Everything belongs to a process, as in Erlang: when it ends, its connections are closed after
/// what was written has gone out, and its listening sockets are closed. Nothing is read from a
/// connection before its process asks for a line, so that whoever sends too much has to wait, and
/// only they.
public final class SocketWorld: OutsideWorld {
  let group: MultiThreadedEventLoopGroup
  let loop: any EventLoop
  private let box: NIOLoopBoundBox<SocketTable>
  private let notes = Mutex(Notes())

  /// What other threads may know.
  private struct Notes {
    var ports: [String: Int] = [:]
    var failures: [String: String] = [:]
    var connections = 0
    var waiters: [String: [DispatchSemaphore]] = [:]

    mutating func wake(_ name: String) {
      for waiter in waiters.removeValue(forKey: name) ?? [] { waiter.signal() }
    }
  }

  /// Whether the program can open as many files and sockets besides those that are open.
  ///
  /// A world needs some at once, and ends the program when it does not get them. They are counted
  /// and not opened: another thread might want one just then.
  public static func hasDescriptors(_ count: Int) -> Bool {
    let limit = Int32(clamping: sysconf(Int32(_SC_OPEN_MAX)))
    var free = 0
    var number: Int32 = 0
    while free < count, number < limit {
      if fcntl(number, F_GETFD) == -1 { free += 1 }
      number += 1
    }
    return free == count
  }

  /// Creates a world without any socket; its thread ends with the machine.
  public init() {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    loop = group.next()
    box = NIOLoopBoundBox.makeBoxSendingValue(SocketTable(), eventLoop: loop)
  }

  /// The sockets; only on the event loop.
  var table: SocketTable { box.value }

  // MARK: - From the machine's thread

  /// Does what a process asks of the sockets.
  public func perform(_ request: any Sendable, for process: PID, in machine: RealTimeMachine) {
    guard let request = request as? SocketRequest else { return }
    loop.execute { self.serve(request, for: process, in: machine) }
  }

  /// Closes what the process owns.
  public func processEnded(_ process: PID, in machine: RealTimeMachine) {
    loop.execute { self.letGo(of: process) }
  }

  /// Closes everything and ends the event loop.
  public func machineStopped() {
    do {
      try loop.submit { self.closeAll() }.wait()
      try group.syncShutdownGracefully()
    } catch {
      // The loop has ended already, and all sockets with it.
    }
  }

  // MARK: - From any thread

  /// Where the listening socket of that name is open; nil while it is not.
  public func port(of name: String) -> Int? { notes.withLock { $0.ports[name] } }

  /// Why it could not be opened, if it could not.
  public func failure(of name: String) -> String? { notes.withLock { $0.failures[name] } }

  /// What has become of a listening socket.
  public enum Opening: Hashable, Sendable {
    /// It is open at that port.
    case listening(Int)
    /// It cannot be opened, in words.
    case failed(String)
    /// Neither, in the time given.
    case nothing
  }

  /// Waits until the listening socket of that name is open, or cannot be opened.
  public func wait(for name: String, timeout: Duration) -> Opening {
    let done = DispatchSemaphore(value: 0)
    let isSettled = notes.withLock { notes in
      if notes.ports[name] != nil || notes.failures[name] != nil { return true }
      notes.waiters[name, default: []].append(done)
      return false
    }
    if !isSettled { _ = done.wait(timeout: .now() + .nanoseconds(Int(timeout.wholeNanoseconds))) }
    return notes.withLock { notes in
      if let port = notes.ports[name] { return .listening(port) }
      return notes.failures[name].map { .failed($0) } ?? .nothing
    }
  }

  /// How many connections are open.
  public var connectionCount: Int { notes.withLock { $0.connections } }

  // MARK: - On the event loop

  private func serve(
    _ request: SocketRequest, for process: PID, in machine: RealTimeMachine
  ) {
    switch request {
    case .listen(let name, let options): listen(name, options, owner: process, in: machine)
    case .accept(let name): accept(name, process, in: machine)
    case .own(let id): own(id, process, in: machine)
    case .read(let id): table.sockets[id]?.read()
    case .write(let id, let bytes): table.sockets[id]?.write(bytes)
    case .close(let id):
      guard let socket = table.sockets[id] else { return }
      disown(socket)
      socket.closeGently()
    }
  }

  private func own(_ id: SocketID, _ process: PID, in machine: RealTimeMachine) {
    guard let socket = table.sockets[id] else {
      return post(.closed(id, .finished), to: process, in: machine)
    }
    disown(socket)
    socket.owner = process
    table.owned[process, default: []].insert(id)
  }

  private func disown(_ socket: SocketHandler) {
    guard let owner = socket.owner else { return }
    table.owned[owner]?.remove(socket.id)
    if table.owned[owner]?.isEmpty == true { table.owned[owner] = nil }
    socket.owner = nil
  }

  private func letGo(of process: PID) {
    for id in (table.owned.removeValue(forKey: process) ?? []).sorted(by: <) {
      table.sockets[id]?.closeGently()
    }
    table.unsent[process] = nil
    for (name, listener) in table.listeners {
      listener.waiting.removeAll { $0 == process }
      if listener.owner == process { close(listener, called: name) }
    }
  }

  private func closeAll() {
    for (name, listener) in table.listeners { close(listener, called: name) }
    for socket in table.sockets.values { socket.channel.close(promise: nil) }
    table.isOver = true
  }

  /// A connection was accepted and is open.
  func connected(_ socket: SocketHandler) {
    notes.withLock { $0.connections += 1 }
    table.sockets[socket.id] = socket
    hand(socket)
  }

  /// A connection is closed.
  func disconnected(_ socket: SocketHandler) {
    notes.withLock { $0.connections -= 1 }
    disown(socket)
    table.sockets[socket.id] = nil
  }

  func note(port: Int?, of name: String) {
    notes.withLock { notes in
      notes.ports[name] = port
      if port != nil { notes.wake(name) }
    }
  }

  func note(failure: String?, of name: String) {
    notes.withLock { notes in
      notes.failures[name] = failure
      if failure != nil { notes.wake(name) }
    }
  }

  // MARK: - Posting

  /// Posts to a process; what the machine cannot take now waits here, in its order.
  func post(_ event: SocketEvent, to process: PID, in machine: RealTimeMachine) {
    if table.unsent[process] == nil, machine.post(event, to: process) != .full { return }
    table.unsent[process, default: []].append(event)
    guard !table.isRetrying else { return }
    table.isRetrying = true
    loop.scheduleTask(in: .milliseconds(10)) { self.retry(in: machine) }
  }

  private func retry(in machine: RealTimeMachine) {
    table.isRetrying = false
    let unsent = table.unsent
    table.unsent = [:]
    for (process, events) in unsent {
      for event in events { post(event, to: process, in: machine) }
    }
  }
}

/// All sockets of a machine.
final class SocketTable {
  var sockets: [SocketID: SocketHandler] = [:]
  var owned: [PID: Set<SocketID>] = [:]
  var listeners: [String: ListeningSocket] = [:]
  /// Listening sockets that are being closed; one of the same name has to wait.
  var closing: [String: EventLoopFuture<Void>] = [:]
  /// Where a name listened last.
  var lastPorts: [String: Int] = [:]
  /// What the machine had no room for.
  var unsent: [PID: [SocketEvent]] = [:]
  var isRetrying = false
  var isOver = false
  private var lastNumber: UInt64 = 0

  func makeID() -> SocketID {
    lastNumber += 1
    return SocketID(lastNumber)
  }
}

extension SocketID: Comparable {
  /// The order in which they were accepted.
  public static func < (left: SocketID, right: SocketID) -> Bool { left.number < right.number }
}
