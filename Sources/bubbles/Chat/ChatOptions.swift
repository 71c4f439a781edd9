import ArgumentParser
import BubbleChat

/// What the chat is opened with.
struct ChatOptions: ParsableArguments {
  @Option(help: "The port on 127.0.0.1 (default: 4040, or a free one when that is taken).")
  var port: Int?

  @Option(help: "How many may be connected (default: 1024).")
  var connections: Int?

  @Option(help: "Clients that connect by themselves and talk, for a rehearsal (default: 0).")
  var guests: Int?

  @Flag(help: "Print what happens, a line an event, instead of showing it.")
  var headless = false

  @Option(
    name: .customLong("for"), help: "How long to run without a screen (default: until a signal).",
    transform: parseDuration)
  var duration: Duration?

  /// Whether any of them was given.
  var isUsed: Bool {
    port != nil || connections != nil || guests != nil || headless || duration != nil
  }

  func validate() throws {
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("\(port) is no port: write 1 to 65535, or 0 for any that is free")
    }
    if let connections, connections < 1 {
      throw ValidationError("\(connections) connections are none: write 1 or more")
    }
    if let guests, !(0...ChatGuests.most).contains(guests) {
      throw ValidationError("\(guests) guests: write 0 to \(ChatGuests.most)")
    }
    if duration != nil, !headless {
      throw ValidationError("--for is for a chat without a screen: add --headless")
    }
  }

  /// The chat that is asked for; a port that was asked for has to be that one.
  var settings: Chat.Settings {
    var settings = Chat.Settings()
    if let port {
      settings.port = port
      settings.fallsBack = false
    }
    if let connections { settings.maximumConnections = connections }
    return settings
  }
}
