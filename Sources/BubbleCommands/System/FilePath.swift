import Foundation

/// The place of a file, as the system has it: bytes, which need not be UTF-8.
struct FilePath: Equatable {
  /// The bytes, without a zero at the end.
  var bytes: [UInt8]

  /// Creates one of bytes.
  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The path that `argument` of the command line means.
  ///
  /// An argument that is not UTF-8 comes as text with stand-ins; its bytes are looked up.
  init(argument: String) {
    self.init(argument: argument, among: Self.arguments)
  }

  /// The path that `argument` means, one of `arguments` or the value in one.
  init(argument: String, among arguments: [[UInt8]]) {
    bytes = Array(argument.utf8)
    guard argument.unicodeScalars.contains("\u{FFFD}") else { return }
    let equals = UInt8(ascii: "=")
    for candidate in arguments {
      let value = candidate.firstIndex(of: equals).map { Array(candidate[($0 + 1)...]) }
      for meant in [candidate, value ?? []] where String(decoding: meant, as: UTF8.self) == argument
      {
        bytes = meant
        return
      }
    }
  }

  /// The path of `name` in the folder of this one.
  func beside(_ name: String) -> FilePath {
    let slash = UInt8(ascii: "/")
    guard name.utf8.first != slash, let end = bytes.lastIndex(of: slash) else {
      return FilePath(bytes: Array(name.utf8))
    }
    return FilePath(bytes: bytes[...end] + Array(name.utf8))
  }

  /// Whether there is something in this place.
  var exists: Bool { withCString { access($0, F_OK) } == 0 }

  /// Opens it; -1, and `errno`, when that fails.
  func open(_ flags: Int32, mode: mode_t = 0) -> Int32 {
    withCString { Foundation.open($0, flags | O_CLOEXEC, mode) }
  }

  /// Removes the file.
  func unlink() { withCString { _ = Foundation.unlink($0) } }

  private func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { text in
        guard let start = text.baseAddress else { preconditionFailure("it ends with a zero") }
        return body(start)
      }
    }
  }

  /// The arguments of this program as they came.
  private static var arguments: [[UInt8]] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      CommandLine.unsafeArgv[index].map { argument in
        Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
      }
    }
  }
}

extension FilePath {
  /// The place of `name`, with the home folder for `~`, and that of somebody for `~name`.
  ///
  /// A shell does that for arguments; for what is typed inside the console nobody else does.
  init(typed name: String) {
    bytes = Array(name.utf8)
    guard name.hasPrefix("~") else { return }
    let user = name.dropFirst().prefix { $0 != "/" }
    guard let home = Self.home(of: String(user)) else { return }
    bytes = Array((home + name.dropFirst(1 + user.count)).utf8)
  }

  private static func home(of user: String) -> String? {
    if user.isEmpty, let home = ProcessInfo.processInfo.environment["HOME"], !home.isEmpty {
      return home
    }
    let entry = user.isEmpty ? getpwuid(getuid()) : getpwnam(user)
    return entry?.pointee.pw_dir.map { String(cString: $0) }
  }
}
