import Glibc

/// Somebody who connects to a port of this machine, as `nc` does; blocking, with a time limit.
package final class LineClient {
  /// What went wrong at the client's side.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  private var descriptor: Int32
  private var bytes: [UInt8] = []

  /// Connects to `port`.
  ///
  /// - Parameters:
  ///   - port: On the loopback interface.
  ///   - receiveBuffer: How much the system keeps for a client that does not read; nil for its
  ///     usual.
  /// - Throws: `Failure` when nobody listens there.
  package init(port: Int, receiveBuffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      let code = errno
      Glibc.close(descriptor)
      descriptor = -1
      throw Failure(description: "cannot connect to \(port): \(String(cString: strerror(code)))")
    }
  }

  deinit { close() }

  /// Sends text as it is.
  package func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends bytes, all of them unless the other side has gone; the number of bytes.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Int {
    setTimeout(SO_SNDTIMEO)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { break }
      sent += count
    }
    return sent
  }

  /// Sends what the system takes at once; the number of bytes.
  package func push(_ bytes: [UInt8]) -> Int {
    max(
      bytes.withUnsafeBytes {
        Glibc.send(
          descriptor, $0.baseAddress, $0.count,
          Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }, 0)
  }

  /// Whether a line, or the end, can be read without waiting.
  package var hasSomething: Bool {
    var one: UInt8 = 0
    return !bytes.isEmpty || recv(descriptor, &one, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) >= 0
  }

  /// The next line, or nil when the other side has closed.
  package func line() throws -> String? {
    while true {
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        defer { bytes.removeFirst(end + 1) }
        return String(decoding: bytes[..<end], as: UTF8.self)
      }
      guard try fill() else { return nil }
    }
  }

  /// Reads on to a line that has `word` in it, and gives that.
  package func line(with word: String) throws -> String {
    var seen: [String] = []
    while let line = try line() {
      if line.contains(word) { return line }
      seen.append(line)
    }
    throw Failure(description: "closed before a line with “\(word)”; before that: \(seen)")
  }

  /// Reads until the other side closes; the lines that came.
  package func rest() throws -> [String] {
    var lines: [String] = []
    while let line = try line() { lines.append(line) }
    return lines
  }

  /// Says that nothing more will be sent, as `nc -N` does at the end of its input.
  package func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Breaks off with a reset instead of an end.
  package func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    close()
  }

  /// Closes.
  package func close() {
    guard descriptor >= 0 else { return }
    Glibc.close(descriptor)
    descriptor = -1
  }

  /// Reads once; false at the end.
  private func fill() throws -> Bool {
    setTimeout(SO_RCVTIMEO)
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    if count > 0 {
      bytes += chunk[..<count]
      return true
    }
    guard count < 0, errno == EAGAIN else { return false }
    throw Failure(description: "nothing came within \(patience)")
  }

  private func setTimeout(_ option: Int32) {
    var limit = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
  }
}
