/// The grid as a picture that looks the same wherever it is shown.
///
/// Only letters need a font: dots, frames and blocks are drawn as shapes. Each letter is placed by
/// itself, so that columns stay columns in any font and in any program that makes a PNG of it.
package func svg(of grid: CellGrid, theme: Theme, title: String? = nil) -> String {
  var picture = SVGPicture(grid: grid, theme: theme)
  return picture.document(title: title)
}

/// Collects the shapes of a picture by role, then writes them as one document.
struct SVGPicture {
  static let cellWidth = 12
  static let cellHeight = 24

  private let grid: CellGrid
  private let theme: Theme
  private let palette: Palette
  private var layers: [SVGLayer]
  private var grounds = ""
  private var letters = ""

  init(grid: CellGrid, theme: Theme) {
    self.grid = grid
    self.theme = theme
    palette = Palette(theme)
    layers = Role.allCases.map { _ in SVGLayer() }
  }

  mutating func document(title: String?) -> String {
    for row in 0..<grid.size.rows {
      var column = 0
      while column < grid.size.columns {
        column = drawRun(row: row, from: column)
      }
    }
    let width = grid.size.columns * Self.cellWidth
    let height = grid.size.rows * Self.cellHeight
    var document = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" role="img">

      """
    if let title { document += "<title>\(escaped(sanitised(title)))</title>\n" }
    document += rectangle(0, 0, width, height, palette.background)
    // The grounds of neighbours meet without a seam at any zoom.
    document += "<g shape-rendering=\"crispEdges\">\n" + grounds + "</g>\n"
    for role in Role.allCases {
      let ink = palette.colours(of: theme.style(of: role)).ink
      let isBold = theme.style(of: role).isBold
      document += layers[Int(role.rawValue)].elements(ink: ink, isBold: isBold)
    }
    // Letters 20 high of a monospaced font are 12 wide, as a cell is.
    document += """
      <g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="20" \
      text-anchor="middle">

      """
    return document + letters + "</g>\n</svg>\n"
  }

  // MARK: - Cells

  /// Draws the cells that follow each other with the same role and answers where they end.
  private mutating func drawRun(row: Int, from first: Int) -> Int {
    let role = grid[first, row].role
    var end = first
    while end < grid.size.columns, grid[end, row].role == role {
      end += 1
    }
    let style = theme.style(of: role)
    let colours = palette.colours(of: style)
    let x = first * Self.cellWidth
    let y = row * Self.cellHeight
    let width = (end - first) * Self.cellWidth
    if colours.ground != palette.background {
      grounds += rectangle(x, y, width, Self.cellHeight, colours.ground)
    }
    if style.isUnderlined {
      grounds += rectangle(x, y + Self.cellHeight - 3, width, 1, colours.ink)
    }
    var words = ""
    for column in first..<end {
      let cell = grid[column, row]
      guard cell.width > 0, !cell.glyph.isBlank else { continue }
      if !layers[Int(role.rawValue)].add(cell.glyph, column: column, row: row) {
        words += letter(cell, column: column, row: row)
      }
    }
    if !words.isEmpty {
      let weight = style.isBold ? " font-weight=\"bold\"" : ""
      letters += "<g fill=\"\(colours.ink.css)\"\(weight)>\(words)</g>\n"
    }
    return end
  }

  // MARK: - Elements

  private static let baseline = 18

  /// A letter stands in the middle of its cell, whatever width its font gives it.
  private func letter(_ cell: Cell, column: Int, row: Int) -> String {
    let x = column * Self.cellWidth + Int(cell.width) * Self.cellWidth / 2
    let y = row * Self.cellHeight + Self.baseline
    return "<text x=\"\(x)\" y=\"\(y)\">\(escaped(cell.glyph.description))</text>"
  }

  private func rectangle(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ fill: RGB) -> String {
    "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"\(fill.css)\"/>\n"
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
