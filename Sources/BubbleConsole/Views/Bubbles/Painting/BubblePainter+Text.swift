import BubbleCells

extension BubblePainter {
  /// A piece of a label.
  private struct Span {
    var text: String
    var role: Role
  }

  // MARK: - Workers

  /// The name in the middle row; above it the sparkline and below it pid and life, where they fit.
  mutating func writeWorker(_ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble) {
    let row = Int((shape.y / 4).rounded(.down))
    let middle = room(in: shape, distance: 2)
    write(nameSpans(shape, bubble, room: middle), centre: shape.x, row: row)
    if let number = numberAbove(shape, bubble, room: middle) {
      write([number], centre: shape.x, row: row - 1)
      return
    }
    guard shape.detail == .threeLines, bubble.isThere, bubble.motion == nil else { return }
    let below = room(in: shape, distance: 6)
    if !bubble.identity.isEmpty, displayWidth(bubble.identity) <= below {
      write([Span(text: bubble.identity, role: .dim)], centre: shape.x, row: row + 1)
    }
    if bubble.turns.contains(where: { $0 > 0 }) {
      // As wide as can be centred on the name.
      let columns = min(6, below) - (min(6, below) + displayWidth(shape.name)) % 2
      let line = glyphs.sparkline(bubble.turns, columns: columns)
      let role = bubble.mark == .untouched ? Role.untouched : .sparkline
      write([Span(text: line, role: role)], centre: shape.x, row: row - 1)
    }
  }

  /// Cells that fit inside a shape's ring on a row whose far edge is `distance` from the middle.
  private func room(in shape: BubbleLayout.Shape, distance: Double) -> Int {
    guard distance < shape.b else { return 0 }
    let share = power(1 - power(distance / shape.b, shape.exponent), 1 / shape.exponent)
    return Int(((shape.a * share - 1.2) * 256).rounded() / 256)
  }

  /// A name with the sign or number before it, as long as the room allows.
  private func nameSpans(
    _ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble, room: Int
  ) -> [Span] {
    let look = BubbleLook(bubble, isSupervisor: shape.isSupervisor, depth: shape.depth)
    let prefix = prefix(shape, bubble, look, room: room)
    let prefixWidth = displayWidth(prefix)
    let nameRoom = room - prefixWidth
    let suffixWidth = displayWidth(bubble.nameSuffix)
    var name = shape.name
    if displayWidth(name) + suffixWidth > nameRoom { name = shape.shortName }
    name =
      cut(name, to: max(1, nameRoom - suffixWidth), ellipsis: glyphs.ellipsis) + bubble.nameSuffix
    var spans: [Span] = []
    if !prefix.isEmpty {
      let isTight = prefixWidth + 1 + displayWidth(name) > room
      spans.append(Span(text: prefix + (isTight ? "" : " "), role: prefixRole(bubble, look)))
    }
    spans.append(Span(text: name, role: look.name))
    if bubble.isSelected {
      spans.insert(Span(text: glyphs[.selectionLeft], role: .selectionArrow), at: 0)
      spans.append(Span(text: glyphs[.selectionRight], role: .selectionArrow))
    }
    return spans
  }

  /// What stands before the name: the sign of the state, and the number of a step.
  private func prefix(
    _ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble, _ look: BubbleLook, room: Int
  ) -> String {
    var parts: [String] = []
    if let sign = look.sign { parts.append(glyphs[sign]) }
    if bubble.isCrowned, look.sign == nil { parts.append(glyphs[.crown]) }
    if case .planned(let order) = bubble.mark {
      if numberAbove(shape, bubble, room: room) == nil { parts.append(String(order)) }
    } else if look.sign == nil, let order = bubble.startOrder {
      parts.append(String(order))
    }
    return parts.joined(separator: " ")
  }

  /// The number of a step, where it does not stand before the name: it would touch it, or the sign
  /// of a death stands there.
  private func numberAbove(
    _ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble, room: Int
  ) -> Span? {
    guard case .planned(let order) = bubble.mark else { return nil }
    switch shape.detail {
    case .threeLines, .name, .folded: break
    case .ring, .crowd: return nil
    }
    let look = BubbleLook(bubble, isSupervisor: shape.isSupervisor, depth: shape.depth)
    let isTight = displayWidth("\(order) ") + displayWidth(shape.name) > room
    return isTight || look.sign != nil ? Span(text: String(order), role: look.name) : nil
  }

  private func prefixRole(_ bubble: BubbleScene.Bubble, _ look: BubbleLook) -> Role {
    switch bubble.mark {
    case .plain, .target, .untouched: look.signRole
    case .planned: look.name
    }
  }

  private mutating func write(_ spans: [Span], centre: Double, row: Int) {
    let width = spans.reduce(0) { $0 + displayWidth($1.text) }
    let column = Int(((centre - Double(width)) / 2).rounded(.down))
    write(spans, from: min(max(0, column), max(0, grid.size.columns - width)), row: row)
  }

  private mutating func write(_ spans: [Span], from column: Int, row: Int) {
    var next = column
    for span in spans {
      next += grid.put(span.text, at: Point(column: next, row: row), role: span.role)
    }
  }

  // MARK: - Supervisors

  /// Name and budget across the upper edge, the strategy across the lower.
  mutating func writeRing(
    _ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble, index: Int
  ) {
    let most = min(grid.size.columns, max(4, Int(shape.a)) - 2)
    let budget = budgetSpans(bubble)
    let budgetWidth = budget.reduce(0) { $0 + displayWidth($1.text) }
    var spans = nameSpans(shape, bubble, room: most)
    let width = spans.reduce(0) { $0 + displayWidth($1.text) }
    if width + budgetWidth <= most + 2 { spans += budget }
    let blank = [Span(text: " ", role: .text)]
    write(blank + spans + blank, centre: shape.x, row: upperRow(shape))
    let words = bubble.supervision.map { strategyWord(index, $0) } ?? bubble.restart
    guard let word = words else { return }
    guard displayWidth(word) + 2 <= Int(shape.a) else { return }
    let role = bubble.mark == .untouched ? Role.untouched : .strategy
    write(blank + [Span(text: word, role: role)] + blank, centre: shape.x, row: lowerRow(shape))
  }

  /// The row of the dots at the top of a ring.
  private func upperRow(_ shape: BubbleLayout.Shape) -> Int {
    min(max(0, Int(((shape.y - shape.b) / 4).rounded(.down))), grid.size.rows - 1)
  }

  private func lowerRow(_ shape: BubbleLayout.Shape) -> Int {
    min(max(0, Int(((shape.y + shape.b - 0.5) / 4).rounded(.down))), grid.size.rows - 1)
  }

  /// The strategy, short where it does not fit the ring's flat part or would stand right above the
  /// strategy of a ring around it.
  private func strategyWord(_ index: Int, _ supervision: BubbleScene.Supervision) -> String {
    let shape = scene.layout.shapes[index]
    let width = displayWidth(supervision.strategy)
    guard width + 2 <= Int(shape.a) else { return supervision.shortStrategy }
    var outer = shape.parent
    while let parent = outer {
      let around = scene.layout.shapes[parent]
      let isClose = lowerRow(around) - lowerRow(shape) <= 1
      if isClose, abs(around.x - shape.x) < Double(2 * width) { return supervision.shortStrategy }
      outer = around.parent
    }
    return supervision.strategy
  }

  /// One cell for each restart allowed, or numbers where there are many.
  private func budgetSpans(_ bubble: BubbleScene.Bubble) -> [Span] {
    guard let supervision = bubble.supervision, bubble.isThere else { return [] }
    let spareRole = bubble.mark == .untouched ? Role.untouched : .budgetSpare
    let used = supervision.counted + supervision.expiring
    guard supervision.allowed <= 5 else {
      let role = used > 0 ? Role.budgetCounted : spareRole
      return [Span(text: " \(used)/\(supervision.allowed)", role: role)]
    }
    let expiring = String(repeating: glyphs[.budgetExpiring], count: supervision.expiring)
    let counted = String(repeating: glyphs[.budgetCounted], count: supervision.counted)
    let spare = String(
      repeating: glyphs[.budgetSpare], count: max(0, supervision.allowed - used))
    return [
      Span(text: " ", role: .text), Span(text: expiring + counted, role: .budgetCounted),
      Span(text: spare, role: spareRole),
    ]
  }

  // MARK: - Folded supervisors

  /// The name, and below it a sign for each process, or from nine on a count for each state.
  mutating func writeFolded(_ shape: BubbleLayout.Shape, _ bubble: BubbleScene.Bubble) {
    let row = Int(((shape.y - 2) / 4).rounded(.down))
    let room = room(in: shape, distance: 4)
    write(nameSpans(shape, bubble, room: room), centre: shape.x, row: row)
    if let number = numberAbove(shape, bubble, room: room) {
      write([number], centre: shape.x, row: row - 1)
    }
    let total = bubble.counts.reduce(0) { $0 + $1.count }
    var spans: [Span] = []
    for count in bubble.counts where count.count > 0 {
      let role = bubble.mark == .untouched ? Role.untouched : count.state.role
      let sign = count.isCrowned ? glyphs[.crown] : glyphs[count.state.sign]
      if total <= 8 {
        spans.append(Span(text: String(repeating: sign, count: count.count), role: role))
      } else {
        let text = (spans.isEmpty ? "" : " ") + sign + String(count.count)
        let width = spans.reduce(displayWidth(text)) { $0 + displayWidth($1.text) }
        if width <= room { spans.append(Span(text: text, role: role)) }
      }
    }
    write(spans, centre: shape.x, row: row + 1)
  }
}
