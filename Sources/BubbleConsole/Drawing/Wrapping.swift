import BubbleCells

/// The text in rows of at most so many cells, broken at blanks; a longer word has a row of its own.
func wrapped(_ text: String, columns: Int) -> [String] {
  var rows: [String] = []
  var row = ""
  for word in text.split(separator: " ") {
    if !row.isEmpty, displayWidth(row) + 1 + displayWidth(word) > columns {
      rows.append(row)
      row = ""
    }
    row += row.isEmpty ? String(word) : " \(word)"
  }
  if !row.isEmpty { rows.append(row) }
  return rows
}

/// Spans in rows of at most so many cells, broken between items and never inside one.
func wrapped(_ items: [[Span]], gap: Span, columns: Int) -> [[Span]] {
  var rows: [[Span]] = []
  var row: [Span] = []
  for item in items {
    let width = Span.width(of: row)
    if !row.isEmpty, width + Span.width(of: [gap]) + Span.width(of: item) > columns {
      rows.append(row)
      row = []
    }
    if !row.isEmpty { row.append(gap) }
    row += item
  }
  if !row.isEmpty { rows.append(row) }
  return rows
}
