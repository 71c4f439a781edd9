package import ArgumentParser

/// What the chat is opened with.
package struct ChatOptions: ParsableArguments {
  /// The port; nil for the usual one, or a free one.
  @Option(help: "The port on 127.0.0.1 (default: 4040, or a free one when that is taken).")
  package var port: Int?

  /// How many may be connected; nil for the usual number.
  @Option(help: "How many may be connected (default: 1024).")
  package var connections: Int?

  /// How many clients connect by themselves.
  @Option(help: "Clients that connect by themselves and talk, for a rehearsal (default: 0).")
  package var guests: Int?

  /// Whether what happens is printed and not shown.
  @Flag(help: "Print what happens, a line an event, instead of showing it.")
  package var headless = false

  /// How long it runs without a screen; nil until a signal.
  @Option(
    name: .customLong("for"), help: "How long to run without a screen (default: until a signal).",
    transform: parseDuration)
  package var duration: Duration?

  package init() {}

  /// What is said to those who give them to another demo.
  static let areElsewhere =
    "--port, --connections, --guests, --headless and --for are options of the demo chat"

  /// Whether any of them was given.
  var isUsed: Bool {
    port != nil || connections != nil || guests != nil || headless || duration != nil
  }

  package func validate() throws {
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("\(port) is not a port: write 1 to 65535, or 0 for any that is free")
    }
    if let connections, connections < 1 {
      throw ValidationError("\(connections) connections are none: write 1 or more")
    }
    if duration != nil, !headless {
      throw ValidationError("--for is for a chat without a screen: add --headless")
    }
  }
}
