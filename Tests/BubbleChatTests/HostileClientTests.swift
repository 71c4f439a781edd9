import BubbleChat
import BubbleEvents
import BubbleKernel
import BubbleNet
import BubbleRealTime
import BubbleTestSupport
import Testing

/// Clients that mean no good, or do not know better: none of them harms anybody else.
@Suite(.serialized, .timeLimit(.minutes(60))) struct HostileClientTests {
  /// Lets `attack` happen while two people talk, and see to it that they still can.
  func surviving(
    limits: ConnectionLimits = ConnectionLimits(), maximum: Int = 100,
    _ attack: (ChatUnderTest) throws -> Void
  ) throws {
    let room = try ChatUnderTest(maximum: maximum, limits: limits)
    defer { room.stop() }
    let ann = try room.person("ann")
    let bob = try room.person("bob")
    try room.talk(ann, bob, "before")
    try attack(room)
    try room.talk(ann, bob, "after")
    ann.close()
    bob.close()
    try waitUntil("nothing is left behind") { room.connections == 0 }
  }

  @Test func `a flood is read at the rate, and no faster`() throws {
    try surviving { room in
      let begin = room.chat.machine.now
      let eve = try room.person("eve")
      let eveProcess = try #require(room.pid("@eve"))
      let flood = Array(String(repeating: "spam spam spam spam spam\n", count: 40_000).utf8)
      // The sockets' buffers take some megabytes; then whoever floods has to wait.
      var sent = 0
      var taken = flood.count
      while taken == flood.count, sent < 100_000_000 {
        taken = eve.push(flood)
        sent += taken
      }
      #expect(taken < flood.count)
      let probe = try room.person("probe")
      _ = try probe.line(with: "spam")
      let lines = room.chat.machine.look().kernel.inspect(eveProcess, mailboxLimit: 0)?
        .state.first { $0.name == "lines" }?.value
      let rate = ConnectionLimits().rate
      let seconds = Int((room.chat.machine.now - begin).components.seconds) + 1
      let most = rate.burst + rate.perSecond * seconds
      #expect(try #require(lines.flatMap { Int($0) }) <= most)
      eve.close()
    }
  }

  @Test func `binary junk is cleaned before anybody reads it`() throws {
    try surviving { room in
      let eve = try room.person("eve")
      var chance = BubbleTestSupport.SplitMix64(seed: 4711)
      for _ in 0..<5 {
        eve.send((0..<300).map { _ in UInt8.random(in: 0...255, using: &chance) } + [10])
      }
      eve.send("\u{1B}]0;title\u{7}the end\n")
      let probe = try room.person("probe")
      var seen = ""
      while !seen.contains("the end") {
        seen = try probe.line() ?? "the end"
        #expect(
          seen.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "\(seen)")
      }
      eve.close()
    }
  }

  @Test func `a line that is too long is thrown away, and told`() throws {
    try surviving { room in
      let eve = try room.person("eve")
      eve.send([UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000) + [10])
      _ = try eve.line(with: "too long")
      eve.send("short\n")
      _ = try eve.line(with: "@eve: short")
      eve.close()
    }
  }

  /// Whoever is slow to begin is idle already, so nothing but the end is waited for.
  @Test(arguments: [0, 20])
  func `whoever says nothing, or a line without an end, is idle`(pieces: Int) throws {
    let room = try ChatUnderTest(limits: ConnectionLimits(idle: .milliseconds(300)))
    defer { room.stop() }
    let eve = try LineClient(port: room.chat.port)
    for _ in 0..<pieces { eve.send([UInt8](repeating: UInt8(ascii: "x"), count: 500)) }
    var events: [Event] = []
    try waitUntil("its process has ended because it is idle") {
      events += room.chat.machine.look().events
      return events.contains { event in
        guard case .process(_, .exited(let reason)) = event.kind else { return false }
        return reason == .shutdownBecause("idle")
      }
    }
    try waitUntil("the connection is gone") { room.connections == 0 }
  }

  @Test func `who does not read is left out, and then disconnected`() throws {
    let limits = ConnectionLimits(
      rate: LineRate(perSecond: 100_000, burst: 100_000), slowReader: .milliseconds(300))
    try surviving(limits: limits) { room in
      let slow = try room.person("slow", receiveBuffer: 4096)
      let process = try #require(room.pid("@slow"))
      let loud = try room.person("loud")
      let quiet = try LineClient(port: room.chat.port)
      _ = try quiet.line(with: "welcome")
      let line = String(repeating: "x", count: 390) + "\n"
      var events: [Event] = []
      var reason: ExitReason?
      // Somebody talks a lot, and everybody but one reads it.
      for _ in 0..<500 where reason == nil {
        loud.send(String(repeating: line, count: 100))
        for _ in 0..<100 { _ = try loud.line(with: "xxx") }
        reason = room.reason(of: process, in: &events)
        while try !(quiet.line() ?? "xxx").contains("xxx") {}
        for _ in 0..<99 { _ = try quiet.line(with: "xxx") }
      }
      if reason == nil {
        try waitUntil("the slow one is gone") {
          reason = room.reason(of: process, in: &events)
          return reason != nil
        }
      }
      #expect(reason == .shutdownBecause("slow_reader"))
      slow.close()
      loud.close()
      quiet.close()
    }
  }

  @Test func `who has nothing more to say is answered, and then done`() throws {
    try surviving { room in
      let eve = try room.person("eve")
      eve.send("the last words\n/who")
      eve.finish()
      let rest = try eve.rest()
      #expect(rest.contains { $0.contains("the last words") })
    }
  }

  @Test func `a reset ends its own connection only`() throws {
    try surviving { room in
      let eves = try (1...10).map { try room.person("eve\($0)") }
      let process = try #require(room.pid("@eve1"))
      for eve in eves { eve.reset() }
      var events: [Event] = []
      var reason: ExitReason?
      try waitUntil("its process has ended") {
        reason = room.reason(of: process, in: &events)
        return reason != nil
      }
      #expect(reason == .shutdownBecause(.tuple(["tcp_error", "econnreset"])))
    }
  }

  @Test func `connecting and leaving at once does no harm`() throws {
    try surviving { room in
      for number in 0..<100 {
        let eve = try LineClient(port: room.chat.port)
        if number.isMultiple(of: 2) { eve.reset() } else { eve.close() }
      }
      try waitUntil("only two are left") { room.connections == 2 }
    }
  }

  @Test func `more than may be connected wait outside, and harm nobody inside`() throws {
    try surviving(maximum: 3) { room in
      let crowd = try (0..<30).map { _ in try LineClient(port: room.chat.port) }
      try waitUntil("it is full, and no acceptor lets anybody in") {
        // The limit is soft: each of the three acceptors may have let one more in.
        (3...6).contains(room.chat.world.connectionCount)
      }
      for client in crowd { client.close() }
    }
  }

  @Test func `everybody crashes at once, and the room goes on`() throws {
    try surviving { room in
      let crowd = try (0..<20).map { try room.person("eve\($0)") }
      for client in crowd { client.send("/crash\n") }
      for client in crowd { _ = try client.rest() }
      try waitUntil("only two are left") { room.connections == 2 }
    }
  }
}
