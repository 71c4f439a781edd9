/// Cuts a stream of bytes into lines; never holds more than one line's limit and what was added
/// last.
struct LineSplitter {
  enum Item: Equatable {
    case line([UInt8])
    case overlong
  }

  /// Bytes in one line, at most.
  let limit: Int
  private var bytes: [UInt8] = []
  /// Where the next line begins.
  private var start = 0
  /// Up to where no end of a line was found.
  private var searched = 0
  /// Whether the rest of an overlong line is being thrown away.
  private var isSkipping = false

  init(limit: Int) { self.limit = limit }

  /// Bytes that are held.
  var count: Int { bytes.count - start }

  mutating func add(_ more: some Sequence<UInt8>) {
    if start > 0 {
      bytes.removeFirst(start)
      searched -= start
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// The next line, if all of it is there.
  mutating func next() -> Item? {
    while let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = bytes[start..<end]
      start = end + 1
      searched = start
      if isSkipping {
        isSkipping = false
        continue
      }
      return line.count > limit + 1 ? .overlong : item(line)
    }
    searched = bytes.count
    if isSkipping { return drop(nil) }
    // One more for a carriage return.
    guard count > limit + 1 else { return nil }
    isSkipping = true
    return drop(.overlong)
  }

  /// What is left when nothing more comes.
  mutating func finish() -> Item? {
    if let item = next() { return item }
    guard !isSkipping, count > 0 else { return drop(nil) }
    return drop(item(bytes[start...]))
  }

  private mutating func drop(_ item: Item?) -> Item? {
    bytes.removeAll(keepingCapacity: false)
    start = 0
    searched = 0
    return item
  }

  private func item(_ line: ArraySlice<UInt8>) -> Item {
    let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    return text.count > limit ? .overlong : .line(Array(text))
  }
}
