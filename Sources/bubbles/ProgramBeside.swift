import BubbleCells
import BubbleCommands
import Foundation

/// The program `bubbles-live`, which is built on its own: most never need what it is made of.
enum ProgramBeside: LiveDemos {
  static let name = "bubbles-live"

  /// Goes on as that program, with the same arguments.
  static func open(_ demo: LiveDemo, _ options: DemoOptions) throws {
    try complaining {
      try replaceProcess(
        by: path(),
        otherwise: "\(demo.name) needs the program \(name), which is not beside this one: "
          + "`Demos/run demo \(demo.name)` builds it")
    }
  }

  /// Where it has to be: in the folder of this program, whatever this one was called by.
  private static func path() -> String {
    let own = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return own.resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent(name).path
  }
}

/// Makes this process run the program at `path`, with the arguments of this one.
///
/// It returns only by throwing.
///
/// - Throws: `missing` when there is no such program, else what the system says.
func replaceProcess(by path: String, otherwise missing: String) throws(Complaint) -> Never {
  execv(path, CommandLine.unsafeArgv)
  guard errno != ENOENT else { throw .unavailable(missing) }
  let reason = String(cString: strerror(errno)).lowercased()
  throw .unavailable("cannot run \(sanitised(path)): \(reason)")
}
