import BubbleText
import BubbleCells
import BubbleEvents
import BubbleTree

/// What the lab says in words: what was done, what differs, and what just happened.
enum LabWords {
  /// `the same kill in three machines: ✗ mailer <11>, at 14.600`.
  static func head(_ lab: LabState, _ glyphs: GlyphSet) -> [Span] {
    let count = number(lab.columns.count)
    guard let act = lab.act else {
      return [Span("\(count) copies side by side; the machine itself stands still", .dim)]
    }
    guard act.isKill else {
      return [
        Span("the same in \(count) machines: ", .dim), Span(sanitised(act.title)),
        Span(", at \(act.instant)", .dim),
      ]
    }
    return [
      Span("the same kill in \(count) machines: ", .dim),
      Span("\(glyphs[.crashed]) \(sanitised(act.name))", .crashed),
      Span(act.pid.map { " \($0)" } ?? ""), Span(", at \(act.instant)", .dim),
    ]
  }

  /// What differs, and what happened last.
  static func strip(_ model: ConsoleModel, rows: Int) -> [StyledLine]? {
    guard model.isLabShown, let lab = model.lab else { return nil }
    let glyphs = model.options.glyphs
    let difference = StyledLine(
      [Span("\(lab.beginning) ", .dim), Span("= ", .warning)] + verdict(lab))
    var told = lab.columns.indices.filter { $0 != lab.active }.map { line($0, lab, glyphs) }
    told.insert(line(lab.active, lab, glyphs), at: 0)
    return [difference] + told.compactMap { $0 }.prefix(max(0, rows - 1))
  }

  private static func line(_ index: Int, _ lab: LabState, _ glyphs: GlyphSet) -> StyledLine? {
    let column = lab.columns[index]
    guard let told = column.told else { return nil }
    return StyledLine(
      [
        Span("\(told.instant) ", .dim), Span(told.sign, glyphs), Span(" "),
        Span(column.variant.title, .strategy), Span(": "),
      ] + told.spans.map { Span($0, glyphs) }, right: told.right.map { Span($0, glyphs) })
  }

  // MARK: - What differs

  /// What the columns differ in by now, or else what was made different.
  static func verdict(_ lab: LabState) -> [Span] {
    surrenders(lab) ?? counts(lab, "stops", "other") { $0.stopped }
      ?? counts(lab, "starts", "process") { $0.started } ?? premise(lab)
  }

  /// `1/5 gives up; 3/5 and 5/10 do not`.
  private static func surrenders(_ lab: LabState) -> [Span]? {
    let gone = lab.columns.filter { !$0.tally.gaveUp.isEmpty }.map(\.variant.title)
    let others = lab.columns.filter { $0.tally.gaveUp.isEmpty }.map(\.variant.title)
    guard !gone.isEmpty else { return nil }
    guard !others.isEmpty else { return [Span("all of them give up", .crashed)] }
    return list(gone, .strategy)
      + [Span(" " + noun(for: gone.count, "gives up", "give up"), .crashed), Span("; ")]
      + list(others, .strategy) + [Span(" " + noun(for: others.count, "does not", "do not"))]
  }

  /// `one_for_all stops 10 others; rest_for_one 1; one_for_one none`; nil when all have as many.
  private static func counts(
    _ lab: LabState, _ verb: String, _ noun: String, _ count: (LabTally) -> Int
  ) -> [Span]? {
    let counts = lab.columns.map { (title: $0.variant.title, count: count($0.tally)) }
    guard Set(counts.map(\.count)).count > 1 else { return nil }
    let order = counts.indices.sorted { (-counts[$0].count, $0) < (-counts[$1].count, $1) }
    var spans: [Span] = []
    for index in order {
      let (title, count) = counts[index]
      let number = count == 0 ? "none" : grouped(count)
      guard spans.isEmpty else {
        spans += [Span("; "), Span(title, .strategy), Span(" \(number)")]
        continue
      }
      let plural = BubbleTree.noun(for: count, noun, noun.hasSuffix("s") ? noun + "es" : nil)
      spans = [Span(title, .strategy), Span(" \(verb) \(number) \(plural)")]
    }
    return spans
  }

  /// `same tree, same seed; only the strategy of shop_sup differs`.
  private static func premise(_ lab: LabState) -> [Span] {
    let aspects = lab.setup.variants.reduce(into: Set<LabVariant.Aspect>()) {
      $0.formUnion($1.aspects)
    }
    let name = Span(sanitised(lab.columns[0].tree[lab.setup.supervisor].name), .supervisorName)
    let what: [Span] =
      switch aspects {
      case [.strategy]: [Span("the strategy of "), name]
      case [.intensity]: [Span("the intensity of "), name]
      case [.period]: [Span("the period of "), name]
      case [.restart]: [Span("the restart type of the children of "), name]
      default: [Span("what was asked of "), name]
      }
    return [Span("same tree, same seed; only ", .dim)] + what + [Span(" differs", .dim)]
  }

  private static func list(_ words: [String], _ role: Role) -> [Span] {
    words.enumerated().flatMap { index, word in
      let joint = index == 0 ? "" : index == words.count - 1 ? " and " : ", "
      return [Span(joint), Span(word, role)]
    }
  }

  private static func number(_ count: Int) -> String {
    count < 5 ? ["no", "one", "two", "three", "four"][count] : "\(count)"
  }
}
