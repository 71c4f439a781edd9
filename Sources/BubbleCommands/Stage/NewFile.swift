import BubbleCells
import Foundation

/// A file that did not exist before, written piece by piece.
final class NewFile {
  /// Its name as it was asked for.
  let name: String
  private let path: FilePath
  private var descriptor: Descriptor?

  /// Creates it at `path`; an existing one is never overwritten.
  ///
  /// - Throws: That it cannot be created, with 73 as the exit code.
  init(_ name: String, at path: FilePath) throws(Complaint) {
    self.name = name
    self.path = path
    let number = path.open(O_WRONLY | O_CREAT | O_EXCL, mode: 0o666)
    guard number >= 0 else {
      let reason = errno == EEXIST ? "it exists already" : SystemError.last.reason
      throw .output("cannot write \(sanitised(name)): \(reason)")
    }
    descriptor = Descriptor(number: number)
  }

  /// Creates a file with that content; when it cannot be written, none is left.
  static func write(
    _ text: String, to name: String, at path: FilePath
  ) throws(Complaint) {
    let file = try NewFile(name, at: path)
    do throws(Complaint) {
      try file.write(text.utf8)
      try file.close()
    } catch {
      file.remove()
      throw error
    }
  }

  deinit {
    if let descriptor { Foundation.close(descriptor.number) }
  }

  /// Appends `bytes`; they have reached the system when this returns.
  ///
  /// - Throws: That they could not be written, with 74 as the exit code.
  func write(_ bytes: some Collection<UInt8>) throws(Complaint) {
    do throws(SystemError) {
      try descriptor?.write(bytes)
    } catch {
      throw unwritable(error)
    }
  }

  /// Ends the writing; some systems only now say that a disk is full.
  func close() throws(Complaint) {
    guard let descriptor else { return }
    self.descriptor = nil
    if Foundation.close(descriptor.number) != 0 { throw unwritable(.last) }
  }

  /// Takes the file away again, since nothing came of it.
  func remove() { path.unlink() }

  private func unwritable(_ error: SystemError) -> Complaint {
    .broken("cannot write on to \(sanitised(name)): \(error.reason)")
  }
}
