import Foundation

/// What the program holds of memory.
enum Memory {
  /// Bytes of this program that are in memory, as the operating system counts them; 0 where it has
  /// no /proc.
  static var resident: Int {
    guard let text = FileManager.default.contents(atPath: "/proc/self/statm") else { return 0 }
    let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Bytes for each of `servers` idle gen_servers, measured in a program of its own: what a row
  /// before gave back to the allocator would hide what they take.
  static func perServer(of servers: Int, _ audience: RuntimeBench.Audience) throws -> Double {
    let program = ProcessInfo.processInfo.arguments[0]
    let text = try Subprogram.run([
      program, "bench", "--memory", String(servers), "--audience", audience.rawValue,
    ])
    return Double(text.filter { !$0.isWhitespace }) ?? 0
  }
}
