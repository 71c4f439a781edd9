import BubbleEvents
package import BubbleScripts

/// The walk through the chat: whoever is connected meanwhile is part of it.
///
/// Its machine runs in real time and cannot be held, so each sentence is true whenever it is read.
package enum ChatScript {
  /// The script of a chat that is reached with `address`.
  package static func script(address: String) -> Script {
    var number = 0
    return Script(
      cues(address: address).map { cue in
        number += 1
        var cue = cue
        cue.line = number
        return cue
      })
  }

  private static func cues(address: String) -> [Script.Cue] {
    [
      cue(
        "Real sockets, in real time. Type \(address) elsewhere, and you are a bubble in conn_sup."
      ) {
        $0.selection = connections
        $0.expectations = [.running(room), .running(connections)]
      },
      cue(
        "Acceptors wait for newcomers. acceptor1 is killed and replaced, and nobody notices: "
          + "the listening socket is not its own."
      ) {
        $0.request = .kill(acceptor)
        $0.wait = .happening(.restarted, acceptor, within: .seconds(60))
        $0.expectations = [.running(acceptors), .running(connections)]
      },
      cue(
        "Their supervisor, acceptors, owns the socket. When it is killed, the next one listens at "
          + "the same port, and nobody is disconnected."
      ) {
        $0.request = .kill(acceptors)
        $0.wait = .happening(.restarted, acceptors, within: .seconds(60))
        $0.expectations = [.running(connections), .life(connections, 1), .life(acceptors, 2)]
      },
      cue("chat is one_for_one: the connections live on, and look for the new room.") {
        $0.question = Script.Question(
          text: "If the room is killed, who is disconnected?",
          answers: ["nobody", "everybody in the room"], right: 1)
        $0.request = .kill(room)
        $0.wait = .happening(.restarted, room, within: .seconds(60))
        $0.expectations = [.life(connections, 1), .life(room, 2)]
      },
      cue(
        "door allows one restart in 5 s. Five quiet seconds after one it may make another: "
          + "the cell at its name is empty then."
      ) {
        $0.selection = door
        $0.wait = .time(.seconds(6))
        $0.expectations = [.budget(door, 0)]
      },
      cue(
        "Connections end with their supervisor; rest_for_one starts what comes after it, too."
      ) {
        $0.question = Script.Question(
          text: "If conn_sup is killed, which supervises the connections?",
          answers: ["everybody is disconnected", "nobody notices"], right: 1)
        $0.request = .kill(connections)
        $0.wait = .happening(.restarted, acceptors, within: .seconds(60))
        $0.expectations = [.running(connections), .life(connections, 2), .running(acceptors)]
      },
      cue("The door is open, at the same port as ever. Come in: \(address)") {
        $0.selection = connections
        $0.expectations = [.running(room), .running(connections)]
      },
    ]
  }

  private static let room = path("room")
  private static let door = path("door")
  private static let connections = path("door", "conn_sup")
  private static let acceptors = path("door", "acceptors")
  private static let acceptor = path("door", "acceptors", "acceptor1")

  private static func path(_ names: String...) -> ChildPath {
    ChildPath(names.map { .named(.atom($0)) })
  }

  private static func cue(
    _ caption: String, _ fill: (inout Script.Cue) -> Void
  ) -> Script.Cue {
    var cue = Script.Cue(line: 0)
    cue.caption = caption
    fill(&cue)
    return cue
  }
}
