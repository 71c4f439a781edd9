import BubbleEvents
import BubbleTree

/// What the row does that starts, stops and lists applications.
enum ApplicationActions {
  private static let grammar = "write :app list, :app start NAME [TYPE] or :app stop NAME"

  @Sendable static func command(
    _ model: inout ConsoleModel, _ input: ActionInput
  ) throws(Refusal) -> [ConsoleCommand] {
    guard let controller = model.tree.applicationController(around: model.highlighted) else {
      throw Refusal("this machine has no applications: it is one tree")
    }
    let words = input.text.split(separator: " ").map(String.init)
    switch (words.first ?? "list", words.count) {
    case ("list", 0...1):
      model.choose(controller)
      model.notice = "application_controller lists the applications in start order"
      return []
    case ("start", 2...3):
      return [try start(words[1], words.count > 2 ? words[2] : nil, controller, model, input)]
    case ("stop", 2):
      let facts = model.tree.applications.first { $0.name == words[1] }
      guard let slot = facts?.slot, model.tree[slot].pid != nil else {
        guard let pid = model.tree[controller].pid else { throw Self.isOver }
        return [.request(.application(controller: pid, words[1], .stop), by: input.asker)]
      }
      model.choose(slot)
      return try ProcessActions.begin(.stop, &model, by: input.asker)
    default: throw Refusal(grammar)
    }
  }

  static func choices(_ model: ConsoleModel) -> [String] {
    let names = model.tree.applications.map(\.name)
    return ["list"] + names.map { "start \($0)" } + names.map { "stop \($0)" }
  }

  /// Starts it with the restart type that it had last, unless another is asked for.
  private static func start(
    _ name: String, _ type: String?, _ controller: SlotID, _ model: ConsoleModel,
    _ input: ActionInput
  ) throws(Refusal) -> ConsoleCommand {
    guard let pid = model.tree[controller].pid else { throw isOver }
    let known = model.tree.applications.first { $0.name == name }?.restart ?? .temporary
    guard let type else {
      return .request(.application(controller: pid, name, .start(known)), by: input.asker)
    }
    guard let restart = ApplicationRestart(rawValue: type) else {
      let types = ApplicationRestart.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refusal("there is no restart type '\(type)': \(types)")
    }
    return .request(.application(controller: pid, name, .start(restart)), by: input.asker)
  }

  private static let isOver = Refusal("the machine has ended, and its applications with it")
}
