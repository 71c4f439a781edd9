import BubbleEvents
import Testing

struct TermReflectingTests {
  private enum Order: Sendable {
    case newPlan
    case hire(String, at: Int)
    case wait(Duration?)
  }
  private struct Ping {}
  private struct OpenAccount {
    var owner = "Ada"
    var limits: [Int] = [1, 2]
  }
  private struct Spoken: CustomStringConvertible {
    let description = "as I say"
  }

  @Test(
    arguments: [
      (Term.atom("ok") as any Sendable, "ok"), (PID(3), "<3>"), (ExitReason.shutdown, "shutdown"),
      (true, "true"), (7, "7"), (UInt8(9), "9"), (UInt64.max, "18446744073709551615"),
      (1.5, "1.5"), ("text", "\"text\""), (Int?.none as any Sendable, "undefined"),
      (Int?.some(4) as any Sendable, "4"), ([1, 2], "[1,2]"),
      (["b": 2, "a": 1], "#{\"a\"=>1,\"b\"=>2}"),
      (Set([2, 1]), "[1,2]"), ((1, "x") as (Int, String), "{1,\"x\"}"),
      (Duration.milliseconds(1500), "1500"),
      (Order.newPlan, "new_plan"), (Order.hire("Ada", at: 3), "{hire,\"Ada\",3}"),
      (Order.wait(nil), "{wait,undefined}"), (Ping(), "ping"),
      (OpenAccount(), "{open_account,\"Ada\",[1,2]}"), (Spoken(), "as I say"),
      ({ @Sendable (number: Int) -> Int in number }, "#Fun"),
    ] as [(any Sendable, String)])
  func `a Swift value is told as Erlang would write the like of it`(
    value: any Sendable, text: String
  ) {
    #expect(Term(reflecting: value).description == text)
  }

  private final class Chain {
    var next: Chain?
  }

  @Test func `a value that holds itself comes to an end`() {
    let chain = Chain()
    chain.next = chain
    #expect(Term(reflecting: chain).description.hasSuffix("{chain,...}}}}"))
    chain.next = nil
  }
}
