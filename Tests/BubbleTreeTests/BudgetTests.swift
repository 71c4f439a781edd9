import BubbleEvents
@testable import BubbleTree
import Testing

@Suite struct BudgetTests {
  /// OTP S41-S43: whole seconds, inclusively.
  @Test(
    arguments: [
      ("10.000", "12.999", 1), ("10.000", "13.000", 0), ("10.999", "12.999", 1),
      ("10.999", "13.000", 0), ("10.500", "10.500", 1),
    ])
  func `with a period of 2 a restart in second 10 counts until the end of second 12`(
    restart: String, now: String, used: Int
  ) {
    var facts = SupervisionFacts(
      flags: SupervisorFlags(intensity: RestartIntensity(3, in: 2)))
    facts.record(instant(restart), intensity: facts.flags.intensity)
    #expect(Budget(facts: facts, at: instant(now)).used == used)
  }

  @Test func `a tick says when it leaves and whether it is past half of its time`() {
    var facts = SupervisionFacts(
      flags: SupervisorFlags(intensity: RestartIntensity(3, in: 5)))
    for text in ["10.200", "12.000"] {
      facts.record(instant(text), intensity: facts.flags.intensity)
    }
    let budget = Budget(facts: facts, at: instant("13.500"))
    #expect(budget.ticks.map(\.isPastHalf) == [true, false])
    #expect(budget.ticks.map(\.leaves) == [instant("16.000"), instant("18.000")])
    #expect(budget.nextLeaves == instant("16.000") && budget.toSpare == 1)
  }

  @Test func `a supervisor that starts again has restarted nobody`() {
    var story = TreeStory(.shop)
    story.crash("cache")
    #expect(story.tree.budget(of: story["db_sup"].id, at: story.now)?.used == 1)
    story.crash("db_sup")
    #expect(story.tree.budget(of: story["db_sup"].id, at: story.now)?.used == 0)
    #expect(story.tree.budget(of: story["shop_sup"].id, at: story.now)?.used == 1)
    #expect(story.tree.budget(of: story["cache"].id, at: story.now) == nil)
  }

  @Test func `other flags keep the history`() {
    var story = TreeStory(.shop)
    story.crash("cache")
    story.post(
      .supervisor(
        story.pid("db_sup"),
        .configured(SupervisorFlags(strategy: .restForOne, intensity: RestartIntensity(9, in: 1)))))
    let budget = story.tree.budget(of: story["db_sup"].id, at: story.now)
    #expect(budget?.used == 1 && budget?.allowed == 9)
  }

  @Test(arguments: [Int.min, -1, 0, 1, Int.max])
  func `no intensity is too odd to be shown`(number: Int) {
    let intensity = RestartIntensity(number, in: number)
    var facts = SupervisionFacts(flags: SupervisorFlags(intensity: intensity))
    for second in 0..<3 {
      facts.record(
        RuntimeInstant(nanoseconds: Int64(second) * 1_000_000_000), intensity: intensity)
    }
    facts.record(RuntimeInstant(nanoseconds: .max), intensity: intensity)
    #expect(Budget(facts: facts, at: RuntimeInstant(nanoseconds: .max)).toSpare >= 0)
  }

  @Test func `very many restarts are counted together, a second's at a time`() {
    let intensity = RestartIntensity(1_000_000, in: 5)
    var facts = SupervisionFacts(flags: SupervisorFlags(intensity: intensity))
    for number in 0..<20_000 {
      facts.record(RuntimeInstant(nanoseconds: Int64(number) * 200_000), intensity: intensity)
    }
    #expect(facts.ticks.count <= SupervisionFacts.exactRestarts + 5)
    var budget = Budget(facts: facts, at: instant("3.999"))
    #expect(budget.used == 20_000)
    budget.keepOldest(15_001)
    #expect(budget.used == 15_001)
    #expect(Budget(facts: facts, at: instant("7.000")).used == 10_000)
  }

  @Test func `no more restarts are remembered than are allowed`() {
    let intensity = RestartIntensity(1_500, in: 5)
    var facts = SupervisionFacts(flags: SupervisorFlags(intensity: intensity))
    for _ in 0..<4_000 { facts.record(instant("1.000"), intensity: intensity) }
    #expect(Budget(facts: facts, at: instant("1.000")).used == 1_500)
  }

  private func instant(_ text: String) -> RuntimeInstant {
    let parts = text.split(separator: ".").compactMap { Int64($0) }
    return RuntimeInstant(nanoseconds: parts[0] * 1_000_000_000 + parts[1] * 1_000_000)
  }
}
