public import BubbleEvents

extension Term {
  /// The hash that Erlang promises for ever, whatever the machine and its version: `phash2` (OTP:
  /// erlang:phash2).
  ///
  /// A text counts as a binary in UTF-8, as in Elixir, and so does a Swift value by its
  /// description. Of a process and a reference the number is hashed as Erlang hashes its own
  /// numbers.
  ///
  /// - Parameter range: From 1 to 2^32.
  /// - Returns: A number from 0, below the range.
  public func portableHash(below range: Int = 1 << 27) -> Int {
    precondition(range > 0, "a hash needs a range")
    var hash = PortableHash()
    hash.add(self)
    return Int(hash.value) % range
  }
}

/// Bob Jenkins' hash of 96 bits to 32, and the constants and orders in which Erlang feeds it terms.
struct PortableHash {
  /// A multiple of the golden ratio for each kind of term.
  private enum Salt: UInt32 {
    case integer = 1
    case emptyList, atom, bytes, process
    case reference = 7
    case tuple = 9
    case negative, positive, float, binary

    var value: UInt32 { 0x9e37_79b9 &* rawValue }
  }

  private(set) var value: UInt32 = 0

  mutating func add(_ term: Term) {
    switch term {
    case .atom(let name): addAtom(name)
    case .integer(let number): add(number)
    case .float(let number): add(number)
    case .text(let text), .opaque(let text): addBinary(Array(text.utf8))
    case .tuple(let elements):
      mix(UInt32(truncatingIfNeeded: elements.count), salt: .tuple)
      for element in elements { add(element) }
    case .list(let elements): add(elements[...])
    case .pid(let pid): mix(pid.number & 0x7fff, salt: .process)
    case .reference(let number): mix(UInt32(truncatingIfNeeded: number), salt: .reference)
    case .stack: addAtom("STACK")
    }
  }

  // MARK: - Kinds of terms

  /// An atom that comes first counts as it is.
  private mutating func addAtom(_ name: String) {
    let hash = Self.hash(ofAtom: name)
    if value == 0 { value = hash } else { mix(hash, salt: .atom) }
  }

  /// Small numbers are those of 28 bits; others are hashed as big ones.
  private mutating func add(_ number: Int) {
    if (-(1 << 27)..<(1 << 27)).contains(number) {
      if number < 0 { mix(UInt32(truncatingIfNeeded: -number), salt: .integer) }
      mix(UInt32(truncatingIfNeeded: number), salt: .integer)
    } else {
      let digits = UInt64(number.magnitude)
      mix(
        UInt32(truncatingIfNeeded: digits), UInt32(truncatingIfNeeded: digits >> 32),
        salt: number < 0 ? .negative : .positive)
    }
  }

  private mutating func add(_ number: Double) {
    let bits = (number == 0 ? 0 : number).bitPattern
    mix(
      UInt32(truncatingIfNeeded: bits >> 32), UInt32(truncatingIfNeeded: bits), salt: .float)
  }

  /// Numbers from 0 to 255 at the beginning of the list, or of what follows another element, go
  /// four at a time.
  private mutating func add(_ list: ArraySlice<Term>) {
    var rest = list
    while !rest.isEmpty {
      let bytes = rest.prefix { $0.byte != nil }
      for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
        let word = bytes[start..<min(start + 4, bytes.endIndex)].reduce(UInt32(0)) { word, term in
          word << 8 + UInt32(term.byte ?? 0)
        }
        mix(word, salt: .bytes)
      }
      rest = rest[bytes.endIndex...]
      if let element = rest.popFirst() { add(element) }
    }
    if value == 0 { value = 3_468_870_702 } else { mix(2, salt: .emptyList) }
  }

  private mutating func addBinary(_ bytes: [UInt8]) {
    let start = Salt.binary.value &+ value
    guard !bytes.isEmpty else {
      value = start
      return
    }
    var words = (a: Salt.integer.value, b: Salt.integer.value, c: start)
    var rest = bytes[...]
    while rest.count >= 12 {
      words.a &+= Self.word(rest, 0..<4)
      words.b &+= Self.word(rest, 4..<8)
      words.c &+= Self.word(rest, 8..<12)
      Self.mix(&words)
      rest = rest.dropFirst(12)
    }
    words.a &+= Self.word(rest, 0..<4)
    words.b &+= Self.word(rest, 4..<8)
    // The lowest byte of c is the length's.
    words.c &+= UInt32(truncatingIfNeeded: bytes.count) &+ Self.word(rest, 8..<11) << 8
    Self.mix(&words)
    value = words.c
  }

  // MARK: - Words

  /// The little-endian word of those of the bytes that are there.
  private static func word(_ bytes: ArraySlice<UInt8>, _ places: Range<Int>) -> UInt32 {
    places.reversed().reduce(0) { word, place in
      let index = bytes.startIndex + place
      return word << 8 | (index < bytes.endIndex ? UInt32(bytes[index]) : 0)
    }
  }

  private mutating func mix(_ first: UInt32, _ second: UInt32 = 0, salt: Salt) {
    var words = (a: salt.value &+ first, b: salt.value &+ second, c: value)
    Self.mix(&words)
    value = words.c
  }

  private static func mix(_ words: inout (a: UInt32, b: UInt32, c: UInt32)) {
    var (a, b, c) = words
    for (right, left, last) in [(13, 8, 13), (12, 16, 5), (3, 10, 15)] as [(UInt32, UInt32, UInt32)]
    {
      a = (a &- b &- c) ^ (c >> right)
      b = (b &- c &- a) ^ (a << left)
      c = (c &- a &- b) ^ (b >> last)
    }
    words = (a, b, c)
  }

  /// Weinberger's hash of an atom's name; letters of Latin-1 count as one byte.
  private static func hash(ofAtom name: String) -> UInt32 {
    var hash: UInt32 = 0
    for scalar in name.unicodeScalars {
      let bytes = scalar.value < 256 ? [UInt8(scalar.value)] : Array(String(scalar).utf8)
      for byte in bytes {
        hash = hash << 4 &+ UInt32(byte)
        let top = hash & 0xf000_0000
        hash ^= top >> 24 | top
      }
    }
    return hash
  }
}

extension Term {
  /// A number from 0 to 255.
  fileprivate var byte: UInt8? {
    if case .integer(let number) = self { UInt8(exactly: number) } else { nil }
  }
}
