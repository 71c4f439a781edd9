import BubbleCells
import Foundation

/// A file that did not exist before, written piece by piece.
struct NewFile {
  /// Its name as it was asked for.
  let name: String
  private let handle: FileHandle

  /// Creates it; an existing one is never overwritten.
  init(_ name: String) throws(Complaint) {
    self.name = name
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "it exists already" : String(cString: strerror(errno))
      throw .output("cannot write \(sanitised(name)): \(reason.lowercased())")
    }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Appends `text`; it has reached the system when this returns.
  func write(_ text: String) throws(Complaint) { try write(Array(text.utf8)) }

  /// Appends `bytes`; they have reached the system when this returns.
  func write(_ bytes: [UInt8]) throws(Complaint) {
    do {
      try handle.write(contentsOf: Data(bytes))
    } catch {
      throw .output("cannot write on to \(sanitised(name)): is the disk full?")
    }
  }
}
