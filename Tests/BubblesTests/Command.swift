import Foundation
import Glibc

/// A command run to its end, without a terminal.
struct Command {
  /// What it printed.
  var standardOutput: String
  /// What it complained about.
  var standardError: String
  /// How it ended.
  var exitCode: Int32

  /// Runs `path` with `arguments`, nothing on standard input, and waits for its end.
  static func run(
    _ path: String, _ arguments: [String], environment: [String: String]? = nil
  ) throws -> Command {
    let files = FileManager.default.temporaryDirectory
      .appendingPathComponent("command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: files) }
    let output = files.appendingPathComponent("output")
    let errors = files.appendingPathComponent("errors")
    let status = try spawnAndWait(
      [path] + arguments, environment: environment ?? ProcessInfo.processInfo.environment,
      output: output.path, errors: errors.path)
    return Command(
      standardOutput: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      standardError: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
      exitCode: status)
  }

  /// Spawns and waits for exactly this child.
  ///
  /// Foundation's `Process` takes a child's end from a descriptor that the child inherits, so it
  /// waits for ever for a tmux client whose server lives on. A test's thread blocks all signals; a
  /// tmux server and the program in it must not inherit that, or nothing short of SIGKILL ends
  /// them.
  private static func spawnAndWait(
    _ words: [String], environment: [String: String], output: String, errors: String
  ) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let create = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, create, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, create, 0o600)
    leaveOthersBehind(&actions)
    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, words[0], &actions, &attributes, &arguments, &variables)
    guard failure == 0 else { throw CocoaError(.executableLoad) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1 && errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  /// Runs the program under test.
  static func bubbles(_ arguments: String...) throws -> Command {
    try run(TerminalUnderTest.program, arguments)
  }
}

/// Gives a child none of this program's descriptors but the standard streams.
///
/// A child that inherits a socket of another test keeps its port for as long as it runs. Tests have
/// far fewer descriptors than are closed here; closing one that is not open does nothing.
func leaveOthersBehind(_ actions: inout posix_spawn_file_actions_t) {
  for descriptor in Int32(3)..<512 { posix_spawn_file_actions_addclose(&actions, descriptor) }
}
