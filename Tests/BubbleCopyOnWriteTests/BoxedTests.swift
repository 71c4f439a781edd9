import BubbleCopyOnWrite
import Testing

/// A boxed property is a value: what one holder writes, no other sees.
@Suite struct BoxedTests {
  /// A value with a buffer, whose address tells whether it was copied.
  private struct Shelf: Hashable, Sendable {
    var name = "shelf"
    var books = Array(1...3)

    var address: UInt { books.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } }
  }

  /// What holds it.
  private struct Room: Hashable, Sendable {
    @Boxed var shelf = Shelf()
    @Boxed var other: Shelf

    init(other: Shelf = Shelf()) { self.other = other }
  }

  @Test func `a write through one holder is not seen by another`() {
    let before = Room()
    var after = before
    after.shelf.name = "moved"
    after.shelf.books.append(4)
    #expect(before.shelf == Shelf())
    #expect(after.shelf == Shelf(name: "moved", books: [1, 2, 3, 4]))
  }

  @Test func `an assignment through one holder is not seen by another`() {
    let before = Room()
    var after = before
    after.shelf = Shelf(name: "new", books: [])
    #expect(before.shelf == Shelf())
    #expect(after.shelf == Shelf(name: "new", books: []))
    after.shelf = Shelf()
    #expect(after == before)
  }

  @Test func `a write by the only holder is done in place`() {
    var room = Room()
    let address = room.shelf.address
    room.shelf.books[0] = 7
    room.shelf.name = "renamed"
    #expect(room.shelf.books == [7, 2, 3])
    #expect(room.shelf.address == address)
  }

  @Test func `the second write after a copy is done in place`() {
    let before = Room()
    var after = before
    after.shelf.books[0] = 7
    let address = after.shelf.address
    after.shelf.books[1] = 8
    #expect(address != before.shelf.address)
    #expect(after.shelf.address == address)
  }

  @Test func `a write to one box leaves the others shared`() {
    let before = Room()
    var after = before
    after.shelf.books[0] = 7
    #expect(after.other.address == before.other.address)
  }

  @Test func `a holder that is given away is a copy`() {
    func renamed(_ room: Room) -> Room {
      var room = room
      room.other.name = "given"
      return room
    }
    let room = Room(other: Shelf(name: "kept"))
    #expect(renamed(room).other.name == "given")
    #expect(room.other.name == "kept")
  }

  @Test(arguments: [
    (Shelf(), Shelf(), true),
    (Shelf(name: "a"), Shelf(name: "b"), false),
    (Shelf(books: [1]), Shelf(books: [2]), false),
  ])
  private func `holders are equal when their values are`(
    one: Shelf, other: Shelf, areEqual: Bool
  ) {
    #expect((Room(other: one) == Room(other: other)) == areEqual)
    if areEqual { #expect(Set([Room(other: one), Room(other: other)]).count == 1) }
  }

  @Test func `holders in several tasks each write their own`() async {
    let room = Room()
    let lengths = await withTaskGroup(of: Int.self) { group in
      for number in 1...8 {
        group.addTask {
          var mine = room
          for book in 0..<number { mine.shelf.books.append(book) }
          return mine.shelf.books.count
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(lengths.sorted() == Array(4...11))
    #expect(room.shelf.books.count == 3)
  }

  @Test func `a holder is as wide as a pointer`() {
    #expect(MemoryLayout<Boxed<(Int, Int, Int, Int)>>.size == MemoryLayout<Int>.size)
  }
}
