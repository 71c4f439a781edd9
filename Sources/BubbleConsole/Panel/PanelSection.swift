/// A part of the panel under a title of its own.
struct PanelSection: Hashable, Sendable {
  /// Nil for the part right under the panel's own title.
  var title: String?
  var rows: [PanelRow]

  init(_ title: String? = nil, _ rows: [PanelRow]) {
    self.title = title
    self.rows = rows
  }
}
