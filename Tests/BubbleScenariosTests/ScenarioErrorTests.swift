import BubbleScenarios
import Testing

/// Every mistake of a scenario file is answered by a line that says where and what would be right.
@Suite struct ScenarioErrorTests {
  /// A file with a mistake, and the whole of the answer.
  struct Mistake: Sendable, CustomTestStringConvertible {
    var title: String
    var yaml: String
    var answer: String

    init(_ title: String, _ yaml: String, _ answer: String) {
      self.title = title
      self.yaml = yaml
      self.answer = answer
    }

    var testDescription: String { title }
  }

  @Test(
    arguments: fileMistakes + treeMistakes + workerMistakes + elixirMistakes + scriptMistakes
      + applicationMistakes + inclusionMistakes + applicationStepMistakes + releaseMistakes
      + nodeMistakes + nodeStepMistakes
      + nodeWorkerMistakes)
  func `a mistake is named with its place`(mistake: Mistake) {
    #expect(answer(to: mistake.yaml) == mistake.answer)
  }

  private func answer(to yaml: String) -> String {
    do {
      _ = try Scenario(yaml: yaml, file: "my.yaml")
      return "it was read"
    } catch {
      return error.description
    }
  }
}
