import BubbleCells
import BubbleTree

/// What `model` shows, as the whole content of a file: it ends with a line break.
package func export(_ model: ConsoleModel, as format: ExportFormat) -> String {
  let title = "\(model.scenario) at \(model.now) s"
  return switch format {
  case .text: render(model).text() + "\n"
  case .svg: svg(of: render(model), theme: model.options.theme, title: title)
  case .mermaid: mermaid(of: model.tree, title: title)
  case .dot: graphviz(of: model.tree, title: title)
  }
}
