import ArgumentParser
import Foundation

/// Tries inputs in this program, which traps, hangs or grows when one of them makes it.
struct FuzzWorker {
  /// Bytes of address space that may be in use.
  static let memoryLimit = 4 << 30

  let kind: FuzzKind

  /// Tries every input and notes the seed of each before it is tried.
  ///
  /// - Throws: `ExitCode.failure` at the first one that is answered wrongly.
  func tryAll(
    _ seeds: Range<UInt64>, until end: ContinuousClock.Instant?, notingIn path: String
  ) throws {
    limitMemory()
    let notes = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    let target = try kind.target()
    for seed in seeds {
      if let end, ContinuousClock.now >= end { break }
      try notes.seek(toOffset: 0)
      withUnsafeBytes(of: seed.littleEndian) { notes.write(Data($0)) }
      try tell(target.problem(with: target.input(seed: seed)))
    }
    try notes.seek(toOffset: 0)
    withUnsafeBytes(of: UInt64.max.littleEndian) { notes.write(Data($0)) }
  }

  /// Tries one input.
  func tryOnly(_ bytes: [UInt8]) throws {
    limitMemory()
    try tell(try kind.target().problem(with: bytes))
  }

  private func tell(_ problem: String?) throws {
    guard let problem else { return }
    print(problem)
    throw ExitCode.failure
  }

  private func limitMemory() {
    var limit = rlimit(rlim_cur: rlim_t(Self.memoryLimit), rlim_max: rlim_t(Self.memoryLimit))
    _ = setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }
}
