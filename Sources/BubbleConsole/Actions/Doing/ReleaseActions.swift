import BubbleEvents
import BubbleTree

/// What the row does that changes the release that a machine runs.
enum ReleaseActions {
  private static let grammar =
    "write :release list, :release install VERSION, permanent VERSION or reboot VERSION"

  @Sendable static func command(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard let handler = model.tree.releaseHandler else {
      throw Refusal("this machine has one release only: it cannot be changed over")
    }
    let words = input.text.split(separator: " ").map(String.init)
    switch (words.first ?? "list", words.count) {
    case ("list", 0...1):
      model.choose(handler)
      model.notice = "the panel lists the releases, and which is permanent"
      return []
    case ("install", 2): return [try request(.install, words[1], handler, model, input)]
    case ("permanent", 2): return [try request(.makePermanent, words[1], handler, model, input)]
    case ("reboot", 2): return [try request(.reboot, words[1], handler, model, input)]
    default: throw Refusal(grammar)
    }
  }

  private static func request(
    _ deed: ControlRequest.ReleaseRequest, _ version: String, _ handler: SlotID,
    _ model: ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> ConsoleCommand {
    guard let pid = model.tree[handler].pid else {
      throw Refusal("the release handler does not run")
    }
    return .request(.release(handler: pid, deed, version: version), by: input.asker)
  }

  static func choices(_ model: ConsoleModel) -> [String] {
    ["list", "install ", "permanent ", "reboot "]
  }
}
