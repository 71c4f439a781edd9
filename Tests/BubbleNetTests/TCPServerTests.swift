import BubbleEvents
import BubbleKernel
import BubbleNet
import BubbleRealTime
import BubbleTestSupport
import Glibc
import Testing

/// The tree of a server with real connections: who ends with whom, and what goes on (TP10 to TP14).
@Suite(.serialized, .timeLimit(.minutes(60))) struct TCPServerTests {
  @Test func `every connection has a process that answers it`() throws {
    let server = try EchoServer()
    defer { server.machine.stop() }
    let (ann, first) = try server.client()
    let (bob, second) = try server.client()
    #expect(first != second)
    ann.send("one\ntwo\n")
    bob.send("three\n")
    #expect(try ann.line() == "one")
    #expect(try ann.line() == "two")
    #expect(try bob.line() == "three")
    #expect(server.count("Echo") == 2)
  }

  @Test func `a crash ends its own connection only, and nobody is started for it`() throws {
    let server = try EchoServer()
    defer { server.machine.stop() }
    let (ann, _) = try server.client()
    let (bob, _) = try server.client()
    ann.send("crash\n")
    #expect(try ann.rest().isEmpty)
    bob.send("still here\n")
    #expect(try bob.line() == "still here")
    try waitUntil("one process serves one connection") {
      server.count("Echo") == 1 && server.world.connectionCount == 1
    }
  }

  @Test func `a killed connection is closed after what was written has gone out`() throws {
    let server = try EchoServer()
    defer { server.machine.stop() }
    let (ann, pid) = try server.client()
    _ = server.machine.post("the last word", to: pid)
    server.machine.apply(.process(pid, .send("x")))
    try waitUntil("it has been told") { server.field("lines", of: pid) != nil }
    #expect(try ann.line() == "the last word")
    server.machine.apply(.process(pid, .kill))
    #expect(try ann.rest().isEmpty)
    try waitUntil("the socket is closed") { server.world.connectionCount == 0 }
  }

  @Test func `an acceptor that is killed is replaced, and connections live on`() throws {
    let server = try EchoServer(acceptors: 1)
    defer { server.machine.stop() }
    let (ann, _) = try server.client()
    let kernel = server.machine.look().kernel
    let acceptors = kernel.processes.filter {
      kernel.inspect($0, mailboxLimit: 0)?.behaviour == "gen_server Acceptor"
    }
    for acceptor in acceptors { server.machine.apply(.process(acceptor, .kill)) }
    #expect(acceptors.count == 1)
    ann.send("after\n")
    #expect(try ann.line() == "after")
    let (bob, _) = try server.client()
    bob.send("new\n")
    #expect(try bob.line() == "new")
    #expect(server.world.port(of: "echo") == server.port)
  }

  @Test func `when the acceptors' supervisor is killed the server listens at the same port again`()
    throws
  {
    let server = try EchoServer()
    defer { server.machine.stop() }
    let (ann, _) = try server.client()
    let before = try server.pid("echo_acceptors")
    server.machine.apply(.process(before, .kill))
    try waitUntil("there is another one") {
      (try? server.pid("echo_acceptors")).map { $0 != before } ?? false
    }
    ann.send("after\n")
    #expect(try ann.line() == "after")
    try waitUntil("it serves again") { (try? server.client()) != nil }
  }

  @Test func `a port that somebody holds for a moment is waited for`() throws {
    let server = try EchoServer()
    defer { server.machine.stop() }
    let other = try #require(duplicateOfListener(at: server.port))
    let before = try server.pid("echo_acceptors")
    server.machine.apply(.process(before, .kill))
    try waitUntil("our own is closed") { server.world.port(of: "echo") == nil }
    try waitUntil("there is another supervisor of acceptors") {
      (try? server.pid("echo_acceptors")).map { $0 != before } ?? false
    }
    #expect(server.world.port(of: "echo") == nil)
    close(other)
    try waitUntil("it listens there again") { server.world.port(of: "echo") == server.port }
    _ = try server.client()
  }

  @Test func `when the connections' supervisor is killed all connections end, and new ones come`()
    throws
  {
    let server = try EchoServer()
    defer { server.machine.stop() }
    let clients = try (0..<5).map { _ in try server.client().client }
    server.machine.apply(.process(try server.pid("echo_conns"), .kill))
    for client in clients { #expect(try client.rest().isEmpty) }
    try waitUntil("all sockets are closed") { server.world.connectionCount == 0 }
    try waitUntil("it serves again (\(server.situation))") {
      guard let (ann, _) = try? server.client() else { return false }
      ann.send("new\n")
      return (try? ann.line()) == "new"
    }
  }

  @Test func `a gate that is killed counts the connections again`() throws {
    let server = try EchoServer()
    defer { server.machine.stop() }
    let clients = try (0..<3).map { _ in try server.client().client }
    let before = try server.pid("echo_gate")
    server.machine.apply(.process(before, .kill))
    try waitUntil("the new one has counted") {
      guard let gate = try? server.pid("echo_gate"), gate != before else { return false }
      return server.field("connections", of: gate) == "3"
    }
    for client in clients {
      client.send("here\n")
      #expect(try client.line() == "here")
    }
  }

  @Test func `beyond the limit connections wait until somebody leaves`() throws {
    let server = try EchoServer(acceptors: 1, maximum: 2)
    defer { server.machine.stop() }
    let (ann, _) = try server.client()
    let (bob, _) = try server.client()
    let late = try LineClient(port: server.port)
    bob.send("nobody has left\n")
    #expect(try bob.line() == "nobody has left")
    #expect(!late.hasSomething)
    ann.close()
    #expect(try late.line()?.hasPrefix("hello") == true)
    bob.send("still here\n")
    #expect(try bob.line() == "still here")
  }

  @Test func `the end of the tree closes every socket`() throws {
    let server = try EchoServer()
    defer { server.machine.stop() }
    let clients = try (0..<5).map { _ in try server.client().client }
    #expect(server.machine.end(server.root, timeout: patience) == .shutdown)
    for client in clients { #expect(try client.rest().isEmpty) }
    try waitUntil("nothing is open") {
      server.world.connectionCount == 0 && server.world.port(of: "echo") == nil
    }
    #expect(server.machine.look().kernel.processCount == 0)
  }

  @Test func `a port that is taken is told, and the tree ends`() throws {
    let first = try EchoServer()
    defer { first.machine.stop() }
    #expect(throws: EchoServer.Failure(what: "the port is taken")) {
      _ = try EchoServer(options: ListenOptions(port: first.port))
    }
  }

  @Test func `a port that is taken gives way to a free one when it may`() throws {
    let first = try EchoServer()
    defer { first.machine.stop() }
    let second = try EchoServer(options: ListenOptions(port: first.port, fallsBack: true))
    defer { second.machine.stop() }
    #expect(second.port != first.port)
    _ = try second.client()
  }
}
