import ArgumentParser
import Foundation

/// Another program, run to its end.
enum Subprogram {
  /// What it printed; an error when it is not there or fails.
  static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    switch process.terminationStatus {
    case 0: return text
    case 127: throw ValidationError("There is no \(arguments[0]) on this machine; install it.")
    case let status: throw ValidationError("\(arguments[0]) ended with status \(status).")
    }
  }
}
