/// The module that `line` imports, if it is an import.
func importedModule(_ line: String) -> String? {
  let access: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]
  var words = line.split(separator: " ")
  while let word = words.first, word.hasPrefix("@") || access.contains(word) {
    words.removeFirst()
  }
  guard words.first == "import", words.count > 1 else { return nil }
  let kinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "func", "typealias", "let", "var", "actor",
  ]
  let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
  return name.split(separator: ".").first.map(String.init)
}

/// The imports in the files of `target` that `allowance` forbids, as sentences.
func forbiddenImports(
  in files: [Checkout.File], of target: String, _ allowance: ArchitectureTable.Allowance
) -> [String] {
  guard case .only(let allowed) = allowance else { return [] }
  return files.flatMap { file in
    file.lines.enumerated().compactMap { number, line in
      guard let module = importedModule(line), module != "Swift", !allowed.contains(module) else {
        return nil
      }
      return "\(file.path):\(number + 1): \(target) must not import \(module)"
    }
  }
}

/// What `target` imports without declaring it, and declares without importing it, as sentences.
///
/// A module that is not declared may not be built yet, as in a clean clone it is not. Whatever
/// ends in a name of `system` needs no declaration.
func undeclaredImports(
  in files: [Checkout.File], of target: Manifest.Target, system: Set<String>
) -> [String] {
  let imported = Set(files.flatMap(\.lines).compactMap(importedModule)).subtracting(system)
  let missing = imported.subtracting(target.dependencies).sorted().map {
    "\(target.name) imports \($0) and does not declare it"
  }
  let idle = target.dependencies.subtracting(imported).sorted().map {
    "\(target.name) declares \($0) and does not import it"
  }
  return missing + idle
}
