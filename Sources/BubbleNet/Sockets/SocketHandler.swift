import BubbleEvents
import BubbleRealTime
import Glibc
import NIOCore

/// One connection at the event loop.
///
/// It cuts what comes into lines, and hands out as many as are asked for. While none is asked for,
/// nothing is read, and the other side has to wait.
final class SocketHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = Never

  let id: SocketID
  let listener: String
  let machine: RealTimeMachine
  let channel: any Channel
  /// The process that it belongs to; nil when it belongs to nobody any more.
  var owner: PID?
  private(set) var peer = "somebody"
  private let world: SocketWorld
  private let sendLimit: Int
  private var splitter: LineSplitter
  /// Lines that were asked for and not handed out yet.
  private var wanted = 0
  private var end: SocketEnd?
  private var isEndTold = false
  private var isCongested = false

  init(
    id: SocketID, listener: String, options: ListenOptions, machine: RealTimeMachine,
    channel: any Channel, world: SocketWorld
  ) {
    self.id = id
    self.listener = listener
    self.machine = machine
    self.channel = channel
    self.world = world
    sendLimit = options.sendLimit
    splitter = LineSplitter(limit: options.lineLimit)
  }

  // MARK: - What the process asks for

  /// One more line is wanted.
  func read() {
    wanted += 1
    handOut()
  }

  func write(_ bytes: [UInt8]) {
    guard channel.isActive, end != .tooSlow else { return }
    guard waitingToSend + bytes.count <= sendLimit else { return fail(.tooSlow) }
    channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
  }

  /// Closes once everything that was written has gone out, and after a second in any case.
  func closeGently() {
    owner = nil
    guard channel.isActive else { return }
    let channel = channel
    guard waitingToSend > 0 else { return channel.close(promise: nil) }
    channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
    channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
  }

  private var waitingToSend: Int {
    do {
      return try channel.syncOptions?.getOption(.bufferedWritableBytes) ?? 0
    } catch {
      // A channel that is closed holds nothing.
      return 0
    }
  }

  /// Ends the connection at once; what waits to be sent is lost.
  private func fail(_ end: SocketEnd) {
    self.end = end
    tellEnd(end)
    channel.close(promise: nil)
  }

  // MARK: - What the other side does

  func channelActive(context: ChannelHandlerContext) {
    peer = context.remoteAddress.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" } ?? peer
    world.connected(self)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    splitter.add(unwrapInboundIn(data).readableBytesView)
    handOut()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      end = end ?? .finished
      handOut()
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let words = (error as? IOError)?.errnoCode == ECONNRESET ? "econnreset" : "\(error)"
    end = end ?? .failed(words)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    // Nobody is there any more to whom an answer to what is left could go.
    tellEnd(end ?? .finished)
    world.disconnected(self)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard isCongested == channel.isWritable, channel.isActive else { return }
    isCongested.toggle()
    tell(isCongested ? .congested(id) : .relieved(id))
  }

  // MARK: - Handing out

  private func handOut() {
    while wanted > 0, let item = end == nil ? splitter.next() : splitter.finish() {
      wanted -= 1
      switch item {
      case .line(let bytes): tell(.line(id, bytes))
      case .overlong: tell(.overlong(id))
      }
    }
    if let end {
      // An end is an answer to whoever asks for a line, so that no acceptor gets it instead.
      if wanted > 0 { tellEnd(end) }
    } else if wanted > 0, channel.isActive {
      channel.read()
    }
  }

  private func tellEnd(_ end: SocketEnd) {
    guard !isEndTold else { return }
    isEndTold = true
    tell(.closed(id, end))
  }

  private func tell(_ event: SocketEvent) {
    if let owner { world.post(event, to: owner, in: machine) }
  }
}
