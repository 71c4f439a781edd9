import BubbleCells
import BubbleConsole
import BubbleEvents
import BubbleTree
import Testing

/// The kill that is shown before it is done.
@Suite struct PreviewTests {
  @Test func `x stands the machine still and asks for a preview`() {
    var console = Console()
    console.select("acceptor")
    let request = ControlRequest.process(console.story.pid("acceptor"), .kill)
    #expect(console.press(.character("x")) == [.preview(request)])
    #expect(console.model.pace.isPaused)
    #expect(console.model.isPreviewing)
    #expect(console.row(0).contains("‖ preview"))
  }

  @Test func `escape leaves it undone and the machine runs on`() {
    var console = Console(in: .preview, view: .table)
    #expect(console.press(.escape) == [])
    #expect(!console.model.pace.isPaused)
    #expect(!console.model.isPreviewing)
    #expect(console.model.plan == nil)
  }

  @Test func `a machine that was paused stays paused`() {
    var console = Console()
    console.select("acceptor")
    console.press(.character(" "))
    let pid = console.story.pid("acceptor")
    #expect(console.press(.character("x")) == [.preview(.process(pid, .kill))])
    console.preview { $0.kill("acceptor", in: "web_sup") }
    #expect(console.press(.escape) == [])
    #expect(console.model.pace.isPaused)
  }

  @Test(arguments: [Key.character("x"), .enter])
  func `x or enter does what is shown`(key: Key) {
    var console = Console(in: .preview, view: .table)
    let pid = console.story.pid("acceptor")
    #expect(console.press(key) == [.request(.process(pid, .kill), by: .key("x"))])
    #expect(!console.model.pace.isPaused)
    #expect(console.model.keyContext == .running)
  }

  @Test func `another child is previewed when the selection moves`() {
    var console = Console(in: .preview, view: .table)
    console.select("c1")
    let pid = console.story.pid("c1")
    #expect(console.commands.contains(.preview(.process(pid, .kill))))
    #expect(console.model.plan == nil)
    console.preview { $0.kill("c1", in: "conn_sup") }
    #expect(console.model.plan?.targetPID == pid)
  }

  @Test func `an answer to an earlier question is dropped`() {
    var console = Console()
    console.select("acceptor")
    console.press(.character("x"), .escape)
    let request = ControlRequest.process(console.story.pid("acceptor"), .kill)
    console.send(.previewed(request, [], settled: true))
    #expect(!console.model.isPreviewing)
  }

  @Test func `X offers reasons and takes any term`() {
    var console = Console()
    console.select("acceptor")
    console.press(.character("X"))
    console.type("{shutdown,maintenance}")
    let request = ControlRequest.process(
      console.story.pid("acceptor"), .exit(.shutdownBecause("maintenance")))
    #expect(console.press(.enter) == [.preview(request)])
  }

  @Test(arguments: ["{a", "\"open", "a b", "}", "{a,}"])
  func `a reason that is not a term is refused with its fault`(text: String) {
    var console = Console()
    console.select("acceptor")
    console.press(.character("X"))
    console.type(text)
    #expect(console.press(.enter) == [])
    #expect(console.model.keyContext == .prompt)
    #expect(console.model.notice == nil)
    if case .prompt(let prompt) = console.model.overlay {
      #expect(prompt.objection != nil)
    } else {
      Issue.record("the prompt is closed")
    }
  }

  @Test func `the plan is ticked off and leaves when it is done`() {
    var console = Console(in: .running, view: .table)
    console.tell { $0.kill("acceptor", in: "web_sup") }
    #expect(console.model.plan?.isComplete == true)
    #expect(console.model.keyContext == .running)
    console.tell { $0.wait(milliseconds: 3500) }
    #expect(console.model.keyContext == .browse)
  }

  @Test func `a dead process cannot be killed and the reason is said`() {
    var console = Console()
    console.select("cron")
    console.tell { story in
      let supervisor = story.pid("shop_sup")
      story.stop(
        .worker("cron", .temporary), under: supervisor,
        cause: story.tell(.requested(.child(of: supervisor, .named("cron"), .terminate))))
    }
    #expect(console.press(.character("x")) == [])
    #expect(console.model.notice == "cron is not running: there is nothing to kill")
  }

  @Test func `s changes the strategy of the supervisor above`() {
    var console = Console()
    console.select("acceptor")
    console.press(.character("s"), .down)
    let flags = SupervisorFlags(strategy: .oneForAll, intensity: RestartIntensity(3, in: 5))
    #expect(
      console.press(.enter)
        == [.request(.supervisor(console.story.pid("web_sup"), .changeFlags(flags)), by: .key("s"))]
    )
  }

  @Test(arguments: [("3 in 10", 3, 10), ("0/1", 0, 1), ("50 60", 50, 60)])
  func `i takes an intensity in any spelling`(text: String, restarts: Int, seconds: Int) {
    var console = Console()
    console.select("c1")
    console.press(.character("i"))
    console.type(text)
    let flags = SupervisorFlags(
      strategy: .oneForOne, intensity: RestartIntensity(restarts, in: seconds))
    #expect(
      console.press(.enter)
        == [
          .request(.supervisor(console.story.pid("conn_sup"), .changeFlags(flags)), by: .key("i"))
        ])
  }
}
