import BubbleEvents
package import BubbleTree

/// What somebody looks for in a few letters: a part of a name, whatever its case, or a PID.
///
/// `<43` is the beginning of a PID; `43` and `<43>` are that PID; the number of a child, such as
/// `#43`, is a part of its name.
package struct NameQuery: Sendable {
  private let letters: String
  /// What a PID begins with that is meant; nil when none is.
  private let pidPrefix: String?

  /// Reads what was typed.
  package init(_ text: String) {
    letters = text.lowercased()
    if text.hasPrefix("<"), text.count > 1 {
      pidPrefix = text
    } else {
      let isNumber = !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
      pidPrefix = isNumber ? "<\(text)>" : nil
    }
  }

  /// Whether `node` is one of those that are meant.
  package func finds(_ node: TreeNode) -> Bool {
    if node.name.lowercased().contains(letters) { return true }
    guard let pidPrefix, let pid = node.pid else { return false }
    return pid.description.hasPrefix(pidPrefix)
  }
}
