import BubbleTestSupport
import Foundation
import Glibc
import Testing

/// A terminal that reads only what a test asks it to read, with a program in it.
final class PseudoTerminal {
  /// Requests of Linux's ioctl_tty, which the headers do not give to Swift: TIOCSPTLCK, TIOCGPTN.
  private static let lock: UInt = 0x4004_5431
  private static let number: UInt = 0x8004_5430

  private let master: Int32
  private let slave: Int32
  private let before: [UInt8]
  private var child: pid_t = 0

  /// Starts `program` with `arguments` in a terminal of that size.
  init(_ program: String, _ arguments: [String], columns: UInt16, rows: UInt16) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var isLocked: Int32 = 0
    var number: Int32 = 0
    try #require(ioctl(master, Self.lock, &isLocked) == 0)
    try #require(ioctl(master, Self.number, &number) == 0)
    let name = "/dev/pts/\(number)"
    slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(slave, UInt(TIOCSWINSZ), &size) == 0)
    before = Self.modes(of: slave)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, name, O_RDWR, 0)
    }
    leaveOthersBehind(&actions)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // A session of its own, whose terminal this becomes.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | 0x80))
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    // Swift's printer of backtraces would ask for a key.
    let settings = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
    ]
    let inherited = ProcessInfo.processInfo.environment.merging(settings) { $1 }
    var variables = inherited.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    try #require(posix_spawn(&child, program, &actions, &attributes, &words, &variables) == 0)
  }

  deinit {
    if child > 0 {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
    }
    close(slave)
    close(master)
  }

  /// Types `text`.
  func type(_ text: String) {
    _ = text.utf8CString.withUnsafeBytes { write(master, $0.baseAddress, $0.count - 1) }
  }

  /// Sends the program a signal.
  func signal(_ number: Int32) { kill(child, number) }

  /// Waits until nobody can write to the terminal without waiting, since nobody has read.
  func waitUntilFull() throws {
    try waitUntil("the terminal is full") {
      var end = pollfd(fd: slave, events: Int16(POLLOUT), revents: 0)
      return poll(&end, 1, 0) == 0
    }
  }

  /// Waits for the program's end, and returns 128 and the signal that ended it, or its code.
  func exitCode() throws -> Int32 {
    var status: Int32 = 0
    try waitUntil("the program has ended") { waitpid(child, &status, WNOHANG) == child }
    child = 0
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  /// Whether the modes are as the program found them.
  var isRestored: Bool { Self.modes(of: slave) == before }

  /// Reads what is there.
  func output() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var end = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while poll(&end, 1, 0) > 0 {
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func modes(of descriptor: Int32) -> [UInt8] {
    var modes = termios()
    tcgetattr(descriptor, &modes)
    return withUnsafeBytes(of: &modes) { Array($0) }
  }
}

/// A terminal that does not read, as that of a connection that stands still.
@Suite struct SilentTerminalTests {
  /// The program in a terminal that it has filled, and waits for.
  private func blocked() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      TerminalUnderTest.program, ["demo", "shop", "--seed", "7"], columns: 250, rows: 120)
    try terminal.waitUntilFull()
    return terminal
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGUSR1, SIGALRM])
  func `a signal that is not taken ends the program all the same`(signal: Int32) throws {
    let terminal = try blocked()
    terminal.signal(signal)
    #expect(try terminal.exitCode() == 128 + signal)
    #expect(terminal.isRestored)
    #expect(terminal.output().contains("\u{1B}[?1049l"))
  }

  @Test func `the second signal ends the program at once`() throws {
    let terminal = try blocked()
    terminal.signal(SIGINT)
    terminal.signal(SIGTERM)
    // Whichever came last when both were there; the first one alone would have waited.
    #expect([130, 143].contains(try terminal.exitCode()))
    #expect(terminal.isRestored)
    #expect(terminal.output().contains("\u{1B}[?1049l"))
  }

  @Test func `a crash restores a terminal that does not read`() throws {
    let terminal = try blocked()
    terminal.signal(SIGSEGV)
    #expect(try terminal.exitCode() == 139)
    #expect(terminal.isRestored)
    #expect(terminal.output().contains("\u{1B}[?1049l"))
  }
}
