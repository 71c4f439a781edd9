package import ArgumentParser
import Foundation

/// What is wrong, in one line for standard error, and the exit code of sysexits.h that says so.
package struct Complaint: Error {
  /// The line or lines, without the program's name.
  package var message: String
  /// The exit code.
  package var code: Int32

  /// Creates one.
  package init(message: String, code: Int32) {
    self.message = message
    self.code = code
  }

  /// An argument is wrong.
  package static func usage(_ message: String) -> Complaint {
    Complaint(message: message, code: EX_USAGE)
  }
  /// The content of a file is wrong.
  package static func data(_ message: String) -> Complaint {
    Complaint(message: message, code: EX_DATAERR)
  }
  /// A file cannot be read.
  package static func input(_ message: String) -> Complaint {
    Complaint(message: message, code: EX_NOINPUT)
  }
  /// A file cannot be created.
  package static func output(_ message: String) -> Complaint {
    Complaint(message: message, code: EX_CANTCREAT)
  }
  /// Something the program needs is not there, such as a terminal.
  package static func unavailable(_ message: String) -> Complaint {
    Complaint(message: message, code: EX_UNAVAILABLE)
  }

  /// What was begun cannot be written on to: a disk is full, a reader has gone.
  package static func broken(_ message: String) -> Complaint {
    Complaint(message: message, code: EX_IOERR)
  }

  /// Says it on standard error; the error to end the program with.
  package func said() -> ExitCode {
    remark(message)
    return ExitCode(code)
  }
}

/// Says something on standard error that stops nothing.
package func remark(_ message: String) {
  printError("bubbles: \(message)\n")
}

/// Runs `body`; a complaint goes to standard error and becomes the exit code.
package func complaining<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let complaint as Complaint {
    throw complaint.said()
  }
}
