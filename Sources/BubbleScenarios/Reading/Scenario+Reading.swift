import BubbleText
package import BubbleEvents
import BubbleScripts
import Yams

extension Scenario {
  /// Reads a scenario file that came as bytes.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file, UTF-8.
  ///   - file: The file's name, for errors and as the name of the scenario.
  ///   - files: How other files are read, such as `.app` files.
  /// - Throws: Everything that is wrong with the file.
  public init(
    bytes: some Collection<UInt8>, file: String, with files: ScenarioFiles = ScenarioFiles()
  ) throws(ScenarioError) {
    try checkSize(bytes.count, of: file)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ScenarioError(file: file, problems: [firstBadByte(of: bytes)])
    }
    try self.init(yaml: text, file: file, with: files)
  }

  /// Reads the text of a scenario file.
  ///
  /// - Parameters:
  ///   - text: The YAML.
  ///   - file: The file's name, for errors and as the name of the scenario.
  ///   - files: How other files are read, such as `.app` files.
  /// - Throws: Everything that is wrong with the text.
  public init(
    yaml text: String, file: String, with files: ScenarioFiles = ScenarioFiles()
  ) throws(ScenarioError) {
    try self.init(yaml: text, file: file, with: files, registering: .addressed)
  }

  /// Reads the text of a scenario file, for a machine that registers more or fewer processes.
  ///
  /// - Parameters:
  ///   - text: The YAML.
  ///   - file: The file's name, for errors and as the name of the scenario.
  ///   - files: How other files are read, such as `.app` files.
  ///   - names: Which processes have a registered name.
  /// - Throws: Everything that is wrong with the text.
  package init(
    yaml text: String, file: String, with files: ScenarioFiles = ScenarioFiles(),
    registering names: RegisteredNames
  ) throws(ScenarioError) {
    try checkSize(text.utf8.count, of: file)
    let root: Node
    switch YAMLText(text: withoutByteOrderMark(text)).root() {
    case .success(let node): root = node
    case .failure(let problem): throw ScenarioError(file: file, problems: [problem])
    }
    if let problem = sizeProblem(of: root) {
      throw ScenarioError(file: file, problems: [problem])
    }
    var reader = ScenarioReader(files: files, registering: names)
    let scenario = reader.scenario(root, defaultName: nameWithoutEnding(file))
    guard var scenario, reader.problems.isEmpty else {
      throw ScenarioError(file: file, problems: inOrder(reader.problems))
    }
    scenario.hints = inOrder(reader.hints)
    self = scenario
  }
}

extension ScenarioReader {
  /// The whole file.
  fileprivate mutating func scenario(_ node: Node, defaultName: String) -> Scenario? {
    guard let fields = fields(of: node, FileKey.self) else { return nil }
    let name = name(fields[.name], FileKey.name)
    let summary = prose(fields[.description], FileKey.description)
    let seed = value(fields[.seed], FileKey.seed, "a whole number from 0 to \(UInt64.max)") {
      UInt64($0)
    }
    let speed = value(fields[.speed], FileKey.speed, "a number from 0.01 to 1000") { text in
      Double(text).flatMap { (0.01...1000).contains($0) ? $0 : nil }
    }
    let beat = value(fields[.beat], FileKey.beat, "a duration up to 10 s, such as 300 ms") { text in
      Duration(describedAs: text).flatMap { $0 <= .seconds(10) ? $0 : nil }
    }
    let root = root(fields)
    let network = network(fields)
    let releases =
      nodes.isEmpty ? releases(fields, booting: root?.applications ?? []) : []
    releaseVersions = releases.map(\.version)
    let faults = faults(fields[.faults])
    let script = script(fields[.script])
    guard var root = root?.offering(offers) else { return nil }
    root.registerNames(self)
    let named = releases.map { release in
      var release = release
      release.applications =
        root.with(release.applications).namesRegistered(self).applications
      return release
    }
    var scenario = Scenario(
      name: name ?? defaultName, summary: summary ?? "", seed: seed, beat: beat, speed: speed,
      root: root, faults: faults, script: script)
    if let network { scenario.network = network }
    scenario.files = texts
    scenario.releases = named
    return scenario
  }

  /// The name of the process at `path`; nil when it has none.
  fileprivate func registeredName(of id: String, at path: ChildPath) -> String? {
    let isTarget = targets.contains(path)
    let path = nodes.isEmpty ? path : ChildPath(Array(path.ids.dropFirst()))
    let isUnique = places.isUnique(id)
    let isNamed =
      switch names {
      case .addressed: isTarget
      case .everybody: isUnique || isTarget
      }
    guard isNamed else { return nil }
    return isUnique ? id : path.description
  }

  /// The root supervisor, or the applications or nodes in its place.
  private mutating func root(_ fields: Fields<FileKey>) -> Scenario.Child? {
    if let node = fields[.nodes] { return cluster(node, fields) }
    if let node = fields[.applications] {
      if let tree = fields[.tree] {
        report(tree, "a scenario has a tree or applications, not both")
      }
      return applicationController(node)
    }
    guard let tree = fields[.tree] else {
      report(fields.node, "tree is missing: it holds the root supervisor")
      return nil
    }
    places = PlaceIndex(root: tree)
    enterOffers(fields)
    return self.tree(tree)
  }
}

extension Scenario.Child {
  /// The same process with other applications.
  fileprivate func with(_ applications: [Scenario.Application]) -> Scenario.Child {
    var child = self
    child.content = .applications(applications)
    return child
  }

  fileprivate func namesRegistered(_ reader: ScenarioReader) -> Scenario.Child {
    var child = self
    child.registerNames(reader)
    return child
  }

  /// Gives a name to those who have one: their id, or the ids above it too when it is not unique.
  fileprivate mutating func registerNames(
    _ reader: ScenarioReader, at path: ChildPath = ChildPath()
  ) {
    if case .nodes(let nodes) = content {
      content = .nodes(nodes.indices.map { nodes[$0].namesRegistered(reader, number: $0) })
      return
    }
    registeredName = reader.registeredName(of: id, at: path)
    if case .applications(var applications) = content {
      for index in applications.indices {
        guard let top = applications[index].tree?.childID else { continue }
        let place = path.appending(.named(.atom(applications[index].name))).appending(top)
        applications[index].tree?.registerNames(reader, at: place)
      }
      content = .applications(applications)
    }
    for index in offers.indices {
      let place = path.appending(offers[index].childID)
      offers[index].registerNames(reader, at: place)
    }
    guard case .supervisor(let flags, var children) = content else { return }
    for index in children.indices {
      let place = path.appending(children[index].childID)
      children[index].registerNames(reader, at: place)
    }
    content = .supervisor(flags, children)
  }
}

extension Scenario.ClusterNode {
  /// The same node with the names that are registered on it.
  fileprivate func namesRegistered(_ reader: ScenarioReader, number: Int) -> Scenario.ClusterNode {
    var (node, reader) = (self, reader)
    reader.places = reader.nodes.entries[number].places
    node.root.registerNames(reader, at: ChildPath([.named(.atom(name))]))
    return node
  }
}

// MARK: - The file as a whole

private func checkSize(_ count: Int, of file: String) throws(ScenarioError) {
  guard count > Scenario.Limits.fileSize else { return }
  let message =
    "the file has \(grouped(count)) bytes; at most "
    + "\(grouped(Scenario.Limits.fileSize)) are read"
  throw ScenarioError(file: file, problems: [.init(line: 1, column: 1, message: message)])
}

/// `text` without the mark of byte order that some editors put on top of UTF-8.
package func withoutByteOrderMark(_ text: String) -> String {
  let scalars = text.unicodeScalars
  return scalars.first == "\u{FEFF}" ? String(scalars.dropFirst()) : text
}

/// `shop` for `demos/shop.yaml`.
private func nameWithoutEnding(_ file: String) -> String {
  let last = file.split(separator: "/").last ?? "scenario"
  guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return String(last) }
  return String(last[..<dot])
}

/// Each problem once, in the order of the file, and not more than anybody reads.
private func inOrder(_ problems: [ScenarioError.Problem]) -> [ScenarioError.Problem] {
  var seen: Set<ScenarioError.Problem> = []
  let sorted = problems.enumerated()
    .filter { seen.insert($0.element).inserted }
    .sorted {
      ($0.element.line, $0.element.column, $0.offset)
        < ($1.element.line, $1.element.column, $1.offset)
    }
    .map(\.element)
  let limit = Scenario.Limits.problems
  guard sorted.count > limit, let last = sorted.last else { return sorted }
  let more = sorted.count - limit
  let rest = more == 1 ? "and one more problem" : "and \(grouped(more)) more problems"
  return sorted.prefix(limit) + [.init(line: last.line, column: last.column, message: rest)]
}

/// Where UTF-8 ends to be UTF-8.
private func firstBadByte(of bytes: some Collection<UInt8>) -> ScenarioError.Problem {
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  var line = 1
  var column = 1
  while case .scalarValue(let scalar) = decoder.decode(&iterator) {
    if scalar == "\n" {
      line += 1
      column = 1
    } else {
      column += 1
    }
  }
  return .init(line: line, column: column, message: "not a text file: a byte here is not UTF-8")
}

/// Whether the values unfold to too many or lie too deep, which only aliases can bring about.
private func sizeProblem(of root: Node) -> ScenarioError.Problem? {
  var count = 0
  var tooDeep: Node?

  func visit(_ node: Node, depth: Int) {
    count += 1
    guard count <= Scenario.Limits.values, tooDeep == nil else { return }
    guard depth <= Scenario.Limits.nesting else {
      tooDeep = node
      return
    }
    switch node {
    case .scalar, .alias: break
    case .sequence(let nodes): for node in nodes { visit(node, depth: depth + 1) }
    case .mapping(let mapping):
      for (key, value) in mapping {
        visit(key, depth: depth + 1)
        visit(value, depth: depth + 1)
      }
    }
  }

  visit(root, depth: 1)
  if let mark = tooDeep?.mark {
    return .init(line: mark.line, column: mark.column, message: "the values are nested too deeply")
  }
  guard count > Scenario.Limits.values else { return nil }
  return .init(
    line: 1, column: 1,
    message: "the file unfolds to more than \(grouped(Scenario.Limits.values)) values")
}
