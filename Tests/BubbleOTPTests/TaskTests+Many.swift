import BubbleEvents
import BubbleKernel
import BubbleOTP
import BubbleSimulation
import Testing

extension TaskTests {
  @Test(
    arguments: [
      ([3, 1, 2], 0, 5, #"["[7, 7, 7] at 3.000"]"#, nil),
      ([], 0, 5, #"["[] at 0.000"]"#, nil),
      ([3, 1], 2, 5, nil, "1.000 {boom,{Task,await_many,[[<2>,<3>],5000]}}"),
      ([3, 9], 0, 5, nil, "5.000 {timeout,{Task,await_many,[[<2>,<3>],5000]}}"),
    ] as [([Int], Int, Int, String?, String?)])
  func `several tasks are awaited together, and the first that fails ends that`(
    seconds: [Int], failing: Int, limit: Int, values: String?, end: String?
  ) throws {
    var copy = self
    let owner = try copy.owner()
    copy.test.cast(owner) { context in
      let tasks = seconds.enumerated().map { index, seconds in
        let error = index + 1 == failing ? ProcessExit(.failure("boom")) : nil
        return context.async(Self.work(seconds, failing: error))
      }
      return try .awaitingAll(tasks, timeout: .seconds(limit), &context) { diary, values, context in
        diary.entries = ["\(values) at \(context.now)"]
        return .noReply
      }
    }
    let ends = copy.test.simulation.takeEvents().compactMap { event in
      if case .process(owner, .exited(let reason)) = event.kind {
        "\(event.instant) \(reason)"
      } else {
        nil
      }
    }
    #expect(ends.first == end)
    if let values { #expect(copy.entries(owner)?.hasPrefix(values.dropLast()) == true) }
  }

  @Test func `several tasks are looked at together`() throws {
    var copy = self
    let owner = try copy.owner()
    copy.test.cast(owner) { context in
      let tasks = [
        context.async(Self.work(1)), context.async(Self.work(3)),
        context.async(Self.work(1, failing: ProcessExit(.failure("boom")))),
      ]
      return try .yieldingAll(tasks, timeout: .seconds(2), &context) { diary, first, context in
        try .yieldingAll(tasks, timeout: .seconds(2), &context) { diary, second, context in
          let texts = [first, second].map { outcomes in
            outcomes.map { $0.map { "\($0)" } ?? "nil" }.joined(separator: " ")
          }
          diary.entries = texts + ["\(context.now)"]
          return .noReply
        }
      }
    }
    let entries = try #require(copy.entries(owner))
    #expect(
      entries.hasPrefix(#"["{ok,7} nil {exit,boom}","nil {ok,7} nil","4.000""#), "\(entries)")
  }
}
