/// A connection to somebody outside; numbers are never used again.
public struct SocketID: Hashable, Sendable, CustomStringConvertible {
  /// Its number.
  public var number: UInt64

  /// Creates the id with that number.
  public init(_ number: UInt64) { self.number = number }

  /// As Erlang prints a port.
  public var description: String { "#Port<\(number)>" }
}

/// How a listening socket is opened, and what holds for every connection to it.
public struct ListenOptions: Hashable, Sendable {
  /// The port on the loopback interface; 0 for any that is free.
  public var port: Int
  /// Whether any free port will do when that one is taken.
  public var fallsBack: Bool
  /// Bytes in one line, at most; a longer one is told as `overlong` and thrown away.
  public var lineLimit: Int
  /// Bytes that may wait to be sent before the socket counts as congested.
  public var highWaterMark: Int
  /// Bytes that may wait to be sent before the socket is closed.
  public var sendLimit: Int

  /// Creates options.
  public init(
    port: Int = 0, fallsBack: Bool = false, lineLimit: Int = 1024,
    highWaterMark: Int = 64 * 1024, sendLimit: Int = 1024 * 1024
  ) {
    self.port = port
    self.fallsBack = fallsBack
    self.lineLimit = lineLimit
    self.highWaterMark = highWaterMark
    self.sendLimit = sendLimit
  }
}

/// What a process asks of the sockets, with `askOutside`.
public enum SocketRequest: Hashable, Sendable {
  /// Opens a listening socket that belongs to the process and is closed when that ends. Under the
  /// same name it listens where it did before (OTP: gen_tcp:listen).
  case listen(String, ListenOptions)
  /// Accepts one connection: `accepted` comes, now or later (OTP: gen_tcp:accept).
  case accept(String)
  /// Takes a connection over: from now on it belongs to the process (OTP: controlling_process).
  case own(SocketID)
  /// Wants one more line: `line`, `overlong` or `closed` comes (OTP: the option {active, once}).
  case read(SocketID)
  /// Sends bytes.
  case write(SocketID, [UInt8])
  /// Closes, after what was written has gone out.
  case close(SocketID)
}

/// What the sockets tell a process, as a plain message.
public enum SocketEvent: Hashable, Sendable {
  /// The name's listening socket is open at that port of the loopback interface.
  case listening(String, port: Int)
  /// It cannot be opened, in words.
  case cannotListen(String, String)
  /// Somebody has connected; the socket belongs to this process until another one takes it over.
  case accepted(SocketID, peer: String)
  /// A line, without its end.
  case line(SocketID, [UInt8])
  /// A line was too long and is thrown away.
  case overlong(SocketID)
  /// So much waits to be sent that nothing more should be written for now.
  case congested(SocketID)
  /// What waited has gone out.
  case relieved(SocketID)
  /// The socket is closed, or nothing more will come from the other side.
  case closed(SocketID, SocketEnd)
}

/// How a connection came to its end.
public enum SocketEnd: Hashable, Sendable {
  /// The other side has finished.
  case finished
  /// It broke, in words (OTP: tcp_error).
  case failed(String)
  /// More waited to be sent than may.
  case tooSlow
}
