import BubbleEvents
import BubbleRealTime
import Glibc
import NIOCore
import NIOPosix

/// A socket at which somebody may connect.
final class ListeningSocket {
  let owner: PID
  let options: ListenOptions
  let machine: RealTimeMachine
  /// Nil until it is open.
  var channel: (any Channel)?
  var port: Int?
  var failure: String?
  /// The processes that wait for a connection, the first first; one may wait several times.
  var waiting: [PID] = []
  /// Connections that were accepted and are not open yet.
  var arriving: Set<ObjectIdentifier> = []
  /// Connections for which nobody waits any more.
  var spare: [SocketHandler] = []

  init(owner: PID, options: ListenOptions, machine: RealTimeMachine) {
    self.owner = owner
    self.options = options
    self.machine = machine
  }
}

// All of this happens on the event loop.
extension SocketWorld {
  func listen(
    _ name: String, _ options: ListenOptions, owner: PID, in machine: RealTimeMachine
  ) {
    // A supervisor that reads its settings again asks again.
    if table.listeners[name]?.owner == owner { return }
    guard !table.isOver else { return }
    if let other = table.listeners[name] { close(other, called: name) }
    let listener = ListeningSocket(owner: owner, options: options, machine: machine)
    table.listeners[name] = listener
    let port = table.lastPorts[name] ?? options.port
    let before = table.closing[name] ?? loop.makeSucceededVoidFuture()
    before.whenComplete { _ in
      self.bind(name, to: port, owner: owner, mayFallBack: options.fallsBack)
    }
  }

  /// How often a port that was ours is tried again, and the pause between.
  private static let patience = (attempts: 100, pause: TimeAmount.milliseconds(20))

  private func bind(
    _ name: String, to port: Int, owner: PID, mayFallBack: Bool, attempt: Int = 1
  ) {
    guard let listener = table.listeners[name], listener.owner == owner else { return }
    bootstrap(name, listener).bind(host: "127.0.0.1", port: port).whenComplete { result in
      switch result {
      case .success(let channel): self.opened(name, channel, owner: owner)
      case .failure(let error):
        guard port != 0, (error as? IOError)?.errnoCode == EADDRINUSE else {
          return self.failed(name, error, owner: owner)
        }
        if port == self.table.lastPorts[name], attempt < Self.patience.attempts {
          // It was ours a moment ago. Whoever has it now, such as a program that is being started
          // and has not let go of our files yet, will not have it for long.
          self.loop.scheduleTask(in: Self.patience.pause) {
            self.bind(
              name, to: port, owner: owner, mayFallBack: mayFallBack, attempt: attempt + 1)
          }
        } else if mayFallBack {
          self.bind(name, to: 0, owner: owner, mayFallBack: false)
        } else {
          self.failed(name, error, owner: owner)
        }
      }
    }
  }

  private func bootstrap(_ name: String, _ listener: ListeningSocket) -> ServerBootstrap {
    let options = listener.options
    let machine = listener.machine
    return ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.autoRead, value: false)
      .serverChannelOption(.maxMessagesPerRead, value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ListeningHandler(name, self))
        }
      }
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.socketOption(.so_keepalive), value: 1)
      .childChannelOption(.socketOption(.so_rcvbuf), value: 32 * 1024)
      .childChannelOption(
        .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096)
      )
      .childChannelOption(
        .writeBufferWaterMark,
        value: .init(low: options.highWaterMark / 4, high: options.highWaterMark)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = SocketHandler(
            id: self.table.makeID(), listener: name, options: options, machine: machine,
            channel: channel, world: self)
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
  }

  private func opened(_ name: String, _ channel: any Channel, owner: PID) {
    guard let listener = table.listeners[name], listener.owner == owner else {
      return channel.close(promise: nil)
    }
    let port = channel.localAddress?.port ?? 0
    listener.channel = channel
    listener.port = port
    table.lastPorts[name] = port
    note(port: port, of: name)
    note(failure: nil, of: name)
    for process in listener.waiting {
      post(.listening(name, port: port), to: process, in: listener.machine)
    }
    acceptMore(at: name)
  }

  private func failed(_ name: String, _ error: any Error, owner: PID) {
    guard let listener = table.listeners[name], listener.owner == owner else { return }
    let words =
      switch (error as? IOError)?.errnoCode {
      case EADDRINUSE: "the port is taken"
      case EACCES: "this port is not allowed"
      default: "\(error)"
      }
    listener.failure = words
    note(failure: words, of: name)
    for process in listener.waiting {
      post(.cannotListen(name, words), to: process, in: listener.machine)
    }
    listener.waiting = []
  }

  func close(_ listener: ListeningSocket, called name: String) {
    table.listeners[name] = nil
    note(port: nil, of: name)
    for socket in listener.spare { socket.closeGently() }
    guard let channel = listener.channel else { return }
    table.closing[name] = channel.closeFuture
    channel.close(promise: nil)
  }

  func accept(_ name: String, _ process: PID, in machine: RealTimeMachine) {
    guard let listener = table.listeners[name] else {
      return post(.cannotListen(name, "nothing listens there"), to: process, in: machine)
    }
    if let failure = listener.failure {
      return post(.cannotListen(name, failure), to: process, in: machine)
    }
    listener.waiting.append(process)
    if let port = listener.port { post(.listening(name, port: port), to: process, in: machine) }
    if listener.spare.isEmpty {
      acceptMore(at: name)
    } else {
      hand(listener.spare.removeFirst())
    }
  }

  /// Gives a new connection to the process that has waited longest.
  func hand(_ socket: SocketHandler) {
    guard let listener = table.listeners[socket.listener] else { return socket.closeGently() }
    defer { arrived(ObjectIdentifier(socket.channel), at: socket.listener) }
    guard socket.channel.isActive else { return }
    guard !listener.waiting.isEmpty else { return listener.spare.append(socket) }
    let process = listener.waiting.removeFirst()
    socket.owner = process
    table.owned[process, default: []].insert(socket.id)
    post(.accepted(socket.id, peer: socket.peer), to: process, in: socket.machine)
  }

  /// A connection that was accepted has been handed out, or is closed.
  fileprivate func arrived(_ child: ObjectIdentifier, at name: String) {
    guard table.listeners[name]?.arriving.remove(child) != nil else { return }
    acceptMore(at: name)
  }

  /// Accepts another connection when more processes wait than connections are on their way.
  fileprivate func acceptMore(at name: String) {
    guard let listener = table.listeners[name], listener.spare.isEmpty,
      listener.waiting.count > listener.arriving.count
    else { return }
    listener.channel?.read()
  }
}

/// Sees to it that one connection is accepted for each process that waits, whatever becomes of it.
private final class ListeningHandler: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private let world: SocketWorld
  private let name: String

  init(_ name: String, _ world: SocketWorld) {
    self.name = name
    self.world = world
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let child = unwrapInboundIn(data)
    let id = ObjectIdentifier(child)
    world.table.listeners[name]?.arriving.insert(id)
    child.closeFuture.whenComplete { [world, name] _ in world.arrived(id, at: name) }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    world.acceptMore(at: name)
    context.fireChannelReadComplete()
  }

  /// There is no room for a connection, such as when the program has as many files open as it may:
  /// it waits outside a little longer.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.eventLoop.scheduleTask(in: .milliseconds(100)) { [world, name] in
      world.acceptMore(at: name)
    }
  }
}
