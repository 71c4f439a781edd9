import Foundation

/// A file that is read.
///
/// A folder, a pipe or a device in its place is refused: it has no end, or nobody writes to it.
enum ExistingFile {
  /// Why a file cannot be read, in words.
  struct Failure: Error, Equatable {
    /// What is wrong, without the path.
    let reason: String
  }

  /// The bytes of the file at `path`, one more than `limit` at most, so that a larger one is
  /// noticed.
  static func bytes(at path: FilePath, limit: Int) throws(Failure) -> Data {
    let file = try opened(path)
    defer { close(file.number) }
    var bytes = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = read(file.number, &buffer, min(buffer.count, limit + 1 - bytes.count))
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw Failure(reason: SystemError.last.reason)
      }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  /// The bytes of the file at `path`, which are not loaded before they are looked at.
  static func mappedBytes(at path: FilePath) throws(Failure) -> Data {
    let file = try opened(path)
    defer { close(file.number) }
    guard file.size > 0 else { return Data() }
    guard let start = mmap(nil, file.size, PROT_READ, MAP_PRIVATE, file.number, 0),
      start != MAP_FAILED
    else { throw Failure(reason: SystemError.last.reason) }
    return Data(bytesNoCopy: start, count: file.size, deallocator: .unmap)
  }

  private static func opened(
    _ path: FilePath
  ) throws(Failure) -> (number: Int32, size: Int) {
    // A pipe that nobody writes to would wait.
    let number = path.open(O_RDONLY | O_NONBLOCK | O_NOCTTY)
    guard number >= 0 else { throw Failure(reason: SystemError.last.reason) }
    var status = stat()
    guard fstat(number, &status) == 0 else {
      let failure = Failure(reason: SystemError.last.reason)
      close(number)
      throw failure
    }
    if let reason = objection(to: status.st_mode) {
      close(number)
      throw Failure(reason: reason)
    }
    return (number, Int(status.st_size))
  }

  private static func objection(to mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: SystemError(code: EISDIR).reason
    case S_IFIFO: "it is a pipe, not a file"
    case S_IFSOCK: "it is a socket, not a file"
    default: "it is a device, not a file"
    }
  }
}
