import BubbleChat
import BubbleEvents
import BubbleRealTime
import BubbleTestSupport
import Testing

/// People who behave, and a presenter who does not.
@Suite(.serialized, .timeLimit(.minutes(60))) struct ChatTests {
  @Test func `what one says the others read`() throws {
    let room = try ChatUnderTest()
    defer { room.stop() }
    let ann = try room.person("ann")
    let bob = try room.person("bob")
    ann.send("hello\n")
    #expect(try bob.line(with: "hello") == "@ann: hello")
    bob.send("/who\n")
    #expect(try bob.line(with: "here:") == "-- 2 here: @ann @bob")
  }

  @Test func `a name that is taken or is none is refused`() throws {
    let room = try ChatUnderTest()
    defer { room.stop() }
    let ann = try room.person("ann")
    let eve = try room.person("eve")
    eve.send("/nick ann\n/nick a b\n/nick room\n")
    #expect(try eve.line(with: "already") == "-- somebody is called @ann already")
    _ = try eve.line(with: "a name is up to 16")
    _ = try eve.line(with: "you are @room now")
    try room.talk(ann, eve, "hello")
    #expect(room.pid("room") != room.pid("@room"))
  }

  @Test func `a crash is one's own`() throws {
    let room = try ChatUnderTest()
    defer { room.stop() }
    let ann = try room.person("ann")
    let bob = try room.person("bob")
    let eve = try room.person("eve")
    eve.send("/crash\n")
    _ = try eve.rest()
    _ = try ann.line(with: "@eve has crashed")
    try room.talk(ann, bob, "still here")
    try waitUntil("two are left") { room.connections == 2 }
  }

  @Test func `who quits reads a goodbye`() throws {
    let room = try ChatUnderTest()
    defer { room.stop() }
    let ann = try room.person("ann")
    ann.send("/quit\n")
    #expect(try ann.rest().last == "-- goodbye")
    try waitUntil("nobody is left") { room.connections == 0 }
  }

  @Test func `a room that is killed disconnects nobody, and they come back into the next one`()
    throws
  {
    let room = try ChatUnderTest()
    defer { room.stop() }
    let ann = try room.person("ann")
    let bob = try room.person("bob")
    room.chat.machine.apply(.process(try #require(room.pid("room")), .kill))
    _ = try ann.line(with: "the room is gone")
    _ = try ann.line(with: "@bob is here")
    try room.talk(ann, bob, "here again")
  }

  @Test func `when the acceptors are killed everybody stays, and others can still come`() throws {
    let room = try ChatUnderTest()
    defer { room.stop() }
    let ann = try room.person("ann")
    room.chat.machine.apply(.process(try #require(room.pid("door_acceptors")), .kill))
    let bob = try {
      var bob: LineClient?
      try waitUntil("the door is open again") {
        bob = try? room.person("bob")
        return bob != nil
      }
      return try #require(bob)
    }()
    try room.talk(ann, bob, "hello")
  }

  @Test func `a killed connection is closed, and the others read that it crashed`() throws {
    let room = try ChatUnderTest()
    defer { room.stop() }
    let ann = try room.person("ann")
    let bob = try room.person("bob")
    room.chat.machine.apply(.process(try #require(room.pid("@bob")), .kill))
    _ = try bob.rest()
    _ = try ann.line(with: "@bob has crashed")
  }
}
