import Foundation

/// Why the system refused something.
struct SystemError: Error, Equatable {
  /// The number of the error, as `errno` had it.
  let code: Int32

  /// What the system's last refusal in this thread was.
  static var last: SystemError { SystemError(code: errno) }

  /// What is wrong, in lower case.
  var reason: String { String(cString: strerror(code)).lowercased() }
}

/// What the system writes to: standard output, standard error, a file.
///
/// All that this program writes goes through here, so that no failure is lost.
struct Descriptor {
  /// Its number.
  let number: Int32

  /// Where results go.
  static let output = Descriptor(number: STDOUT_FILENO)
  /// Where complaints go.
  static let errors = Descriptor(number: STDERR_FILENO)

  /// Writes all of `bytes`; they have reached the system when this returns.
  ///
  /// - Throws: Why the rest could not be written; some of them may have been.
  func write(_ bytes: some Collection<UInt8>) throws(SystemError) {
    var rest = ArraySlice(bytes)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(number, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // Whoever has the other end made it one that does not wait.
        var end = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        poll(&end, 1, -1)
      } else if errno != EINTR {
        throw .last
      }
    }
  }
}

extension Descriptor {
  /// Makes the standard streams safe to use, whatever the program was started with.
  ///
  /// A file that is opened must not get the number of a stream that is closed, and take what was
  /// meant for that. What cannot be written is an error to report, not a signal that kills.
  static func prepareStandardStreams() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(number, F_GETFD) == -1 {
      // In the wrong direction: using it fails, as with a stream that is closed.
      _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Whether as many descriptors can be opened besides those that are open.
  static func areFree(_ count: Int) -> Bool {
    var opened: [Int32] = []
    defer { for number in opened { close(number) } }
    while opened.count < count {
      let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard number >= 0 else { return false }
      opened.append(number)
    }
    return true
  }
}
