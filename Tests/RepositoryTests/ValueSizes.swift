import Foundation

/// The sizes of a program's value types, read from the witness tables that the compiler puts into
/// it: a 64-bit ELF file, as Linux has it.
struct ValueSizes {
  /// A type by its mangled name, and its size in bytes.
  struct Entry: Hashable {
    var name: String
    var size: Int
  }

  /// A section: where it is in memory and in the file.
  private struct Section {
    var kind: Int
    var address: Int
    var offset: Int
    var size: Int
    var link: Int

    /// Whether it has a place in memory and its bytes are in the file.
    var isLoaded: Bool { address > 0 && kind != 8 }
  }

  private static let symbolTable = 2
  /// The bytes of a symbol, as ELF lays them out.
  private static let symbolSize = 24
  /// Where a value witness table has the size of its type.
  private static let sizeOffset = 64

  private let bytes: Data

  /// Reads the program at `path`; nil when it is not a 64-bit ELF file.
  init?(ofProgramAt path: String) throws {
    bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    guard bytes.prefix(5) == Data([0x7F, 0x45, 0x4C, 0x46, 2]) else { return nil }
  }

  /// The types of modules whose names hold `word`, in the order of the file.
  func entries(ofModulesNamed word: String) -> [Entry] {
    bytes.withUnsafeBytes { buffer in
      let sections = Self.sections(buffer)
      guard let symbols = sections.first(where: { $0.kind == Self.symbolTable }) else { return [] }
      let names = sections[symbols.link].offset
      return stride(from: 0, to: symbols.size, by: Self.symbolSize).compactMap { index in
        let symbol = symbols.offset + index
        let start = names + Self.number(buffer, at: symbol, UInt32.self)
        guard buffer[start] == 0x24, let name = Self.text(buffer, at: start),
          name.hasSuffix("WV"), name.contains(word)
        else { return nil }
        let address = Self.number(buffer, at: symbol + 8, UInt64.self) + Self.sizeOffset
        guard let home = sections.first(where: { Self.holds($0, address) }) else { return nil }
        let place = home.offset + address - home.address
        return Entry(name: name, size: Self.number(buffer, at: place, UInt64.self))
      }
    }
  }

  // MARK: - Private helpers

  private static func holds(_ section: Section, _ address: Int) -> Bool {
    section.isLoaded && address >= section.address && address < section.address + section.size
  }

  private static func sections(_ buffer: UnsafeRawBufferPointer) -> [Section] {
    let table = number(buffer, at: 0x28, UInt64.self)
    let entry = number(buffer, at: 0x3A, UInt16.self)
    let count = number(buffer, at: 0x3C, UInt16.self)
    return (0..<count).map { index in
      let start = table + index * entry
      return Section(
        kind: number(buffer, at: start + 4, UInt32.self),
        address: number(buffer, at: start + 16, UInt64.self),
        offset: number(buffer, at: start + 24, UInt64.self),
        size: number(buffer, at: start + 32, UInt64.self),
        link: number(buffer, at: start + 40, UInt32.self))
    }
  }

  private static func number<Number: FixedWidthInteger>(
    _ buffer: UnsafeRawBufferPointer, at offset: Int, _ type: Number.Type
  ) -> Int {
    Int(clamping: Number(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: type)))
  }

  /// The text that begins there and ends with a zero.
  private static func text(_ buffer: UnsafeRawBufferPointer, at start: Int) -> String? {
    guard let end = buffer[start...].firstIndex(of: 0) else { return nil }
    return String(decoding: buffer[start..<end], as: UTF8.self)
  }
}
