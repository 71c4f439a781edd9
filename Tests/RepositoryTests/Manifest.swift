import Foundation
import Testing

/// The targets that Package.swift declares.
struct Manifest {
  /// What is made of a target.
  enum Kind: String {
    case library = "target"
    case program = "executableTarget"
    case test = "testTarget"
  }

  /// One target: its folder, and the modules that it declares it depends on.
  struct Target: Hashable {
    var name: String
    /// From the top of the checkout.
    var path: String
    var kind: Kind
    var dependencies: Set<String>
  }

  /// In the order of the file.
  var targets: [Target]

  /// What this checkout declares.
  static let checkedOut = Manifest(Checkout.text(of: "Package.swift"))

  /// Reads the text of a manifest that is written as ours is.
  init(_ text: String) {
    let products = Self.products(text)
    targets = Self.declarations(text).map { kind, arguments in
      let name = Self.quoted(after: "name:", in: arguments) ?? ""
      let path = Self.quoted(after: "path:", in: arguments)
      return Target(
        name: name, path: path ?? (kind == .test ? "Tests/" : "Sources/") + name, kind: kind,
        dependencies: Self.dependencies(arguments, products))
    }
  }

  /// The Swift files of `target`, without those of a target whose folder is inside its own.
  func files(of target: Target) -> [Checkout.File] {
    let inner = targets.map(\.path).filter { $0.hasPrefix(target.path + "/") }
    return Checkout.files(below: target.path, ending: ["swift"]).filter { file in
      !inner.contains { file.path.hasPrefix($0 + "/") }
    }
  }

  /// The kind of each declared target, and the text between its parentheses.
  private static func declarations(_ text: String) -> [(kind: Kind, arguments: Substring)] {
    text.matches(of: /\.(\w*[tT]arget)\(/).compactMap { match in
      guard let kind = Kind(rawValue: String(match.output.1)) else { return nil }
      return inside(text[match.range.upperBound...], closing: ")").map { (kind, $0) }
    }
  }

  /// What stands in `text` until its brackets are closed.
  private static func inside(_ text: Substring, closing: Character) -> Substring? {
    var depth = 1
    for index in text.indices {
      switch text[index] {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      default: continue
      }
      if depth == 0 { return text[index] == closing ? text[..<index] : nil }
    }
    return nil
  }

  private static func quoted(after label: String, in text: Substring) -> String? {
    guard let start = text.range(of: label)?.upperBound else { return nil }
    let parts = text[start...].split(
      separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[1]) : nil
  }

  /// The modules of products that have a constant of their own, by its name.
  private static func products(_ text: String) -> [String: String] {
    let matches = text.matches(
      of: /let (\w+): Target\.Dependency =\s*\.product\(name: "(\w+)"/)
    return Dictionary(
      matches.map { (String($0.output.1), String($0.output.2)) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func dependencies(
    _ arguments: Substring, _ products: [String: String]
  ) -> Set<String> {
    guard let start = arguments.range(of: "dependencies: [")?.upperBound,
      let list = inside(arguments[start...], closing: "]")
    else { return [] }
    let modules = list.replacing(/package: "[^"]*"/, with: "")
    let named = modules.matches(of: /"([\w-]+)"/).map { String($0.output.1) }
    let constants = products.filter { list.contains($0.key) }.values
    return Set(named).union(constants)
  }
}
