import BubbleEvents
import Glibc

/// One of the crowd: connected as `nc` would be, and read without waiting.
final class StormClient {
  /// What is known of it.
  enum State: Equatable {
    /// It has not been greeted yet.
    case arriving
    /// Its process is this one.
    case talking(PID)
    /// It was killed, or told to crash, and has to be disconnected.
    case struck
  }

  let descriptor: Int32
  var state = State.arriving
  /// When it was struck.
  var struckAt: ContinuousClock.Instant?
  private(set) var lines = 0
  private var greeting: [UInt8] = []

  /// Connects; nil when that fails.
  init?(port: Int) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
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
      close(descriptor)
      return nil
    }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  deinit { close(descriptor) }

  func say(_ text: String) { say(Array(text.utf8)) }

  func say(_ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
  }

  /// Reads what has come; false when the other side has closed.
  func read(_ buffer: inout [UInt8]) -> Bool {
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
      lines += buffer[..<count].count { $0 == UInt8(ascii: "\n") }
      if state == .arriving { findProcess(buffer[..<count]) }
    }
  }

  /// The greeting tells which process serves it: `… you are process <42>, …`.
  private func findProcess(_ bytes: ArraySlice<UInt8>) {
    greeting += bytes
    guard let end = greeting.firstIndex(of: UInt8(ascii: ">")) else { return }
    let digits = greeting[..<end].reversed().prefix { $0 != UInt8(ascii: "<") }.reversed()
    guard let number = UInt32(String(decoding: Array(digits), as: UTF8.self)) else { return }
    state = .talking(PID(number))
    greeting = []
  }
}
