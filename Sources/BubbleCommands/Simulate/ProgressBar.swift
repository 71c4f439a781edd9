import BubbleText
import BubbleConsole
import Foundation

/// How far a long command is, on standard error when that is a terminal.
struct ProgressBar {
  private static let width = 30
  private let isShown: Bool
  private let begin = ContinuousClock.now
  private var last: ContinuousClock.Instant?
  /// What was shown last as done.
  private(set) var done = 0

  init() {
    let isDumb = ProcessInfo.processInfo.environment["TERM"].map { $0 == "dumb" } ?? true
    isShown = isatty(STDERR_FILENO) == 1 && !isDumb
  }

  /// Shows the bar, at most ten times a second.
  mutating func show(_ done: Int, of total: Int) {
    self.done = done
    let now = ContinuousClock.now
    if let last, now - last < .milliseconds(100) { return }
    last = now
    guard isShown, done > 0 else { return }
    let share = Double(done) / Double(total)
    let full = Int(share * Double(Self.width))
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: Self.width - full)
    let left = (now - begin) * ((1 - share) / share)
    printError(
      "\r[\(bar)] \(Int(share * 100)) %, \(grouped(done)) of \(grouped(total)) runs, "
        + "\(left.components.seconds) s left\u{1B}[K")
  }

  /// Removes the bar.
  func clear() {
    if last != nil, isShown { printError("\r\u{1B}[K") }
  }
}
