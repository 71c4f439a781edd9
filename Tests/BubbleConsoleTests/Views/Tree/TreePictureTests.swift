import BubbleCells
import BubbleConsole
import Testing

@Suite struct TreePictureTests {
  /// shop_sup: db_sup (cache, pool), web_sup (acceptor, conn_sup (c1, c2, c3)), mailer, cron.
  static let shop = outline([
    ("shop_sup", [1, 2, 3, 4]), ("db_sup", [5, 6]), ("web_sup", [7, 8]), ("mailer", []),
    ("cron", []), ("cache", []), ("pool", []), ("acceptor", []), ("conn_sup", [9, 10, 11]),
    ("c1", []), ("c2", []), ("c3", []),
  ])

  static func outline(_ slots: [(name: String, children: [Int])]) -> TreeOutline {
    TreeOutline(
      slots: slots.enumerated().map {
        TreeOutline.Slot(
          id: Int32($0), nameCells: $1.name.count, isSupervisor: !$1.children.isEmpty,
          children: $1.children)
      }, roots: [0])
  }

  @Test func `the shop stands on eighty columns as it is drawn in the book`() {
    let picture = TreePicture(Self.shop, columns: 80, lettersOnly: false)
    #expect(picture.size.columns == 79)
    #expect(picture.size.rows == 15)
    #expect(picture.style.nameLimit != nil)
    #expect(picture.boxes.map(\.middle) == [43, 10, 37, 64, 75, 4, 15, 27, 46, 38, 46, 54])
  }

  @Test(arguments: [
    (87, 3, false, "names"), (80, 2, false, "names"), (79, 2, true, "names"),
    (62, 1, true, "names"), (58, 2, false, "letters"), (54, 2, true, "letters"),
    (36, 1, true, "letters"),
  ])
  func `the less room, the tighter the style`(
    columns: Int, gap: Int, interlocks: Bool, kind: String
  ) {
    let picture = TreePicture(Self.shop, columns: columns, lettersOnly: false)
    #expect(picture.style.spacing.gap == gap)
    #expect(picture.style.spacing.interlocks == interlocks)
    #expect(naming(of: picture) == kind)
    #expect(picture.size.columns <= columns)
    #expect(picture.boxes.count == 12)
  }

  private func naming(of picture: TreePicture) -> String {
    picture.style.nameLimit.map { $0 > 8 ? "names" : "short" } ?? "letters"
  }

  @Test func `without room the widest subtree is folded first`() {
    var outline = Self.shop
    let first = outline.slots.count
    for index in 0..<40 {
      outline.slots.append(.init(id: Int32(first + index), nameCells: 4, isSupervisor: false))
      outline.slots[1].children.append(first + index)
    }
    let picture = TreePicture(outline, columns: 80, lettersOnly: false)
    #expect(picture.boxes.filter(\.isFolded).map(\.slot) == [1])
    #expect(picture.size.columns <= 80)
    #expect(naming(of: picture) == "names")
  }

  @Test func `what the user opened is not folded`() {
    var outline = Self.shop
    for index in outline.slots.indices { outline.slots[index].fold = .open }
    let picture = TreePicture(outline, columns: 20, lettersOnly: false)
    #expect(picture.boxes.count == 12)
    #expect(picture.size.columns > 20)
    #expect(naming(of: picture) == "names")
  }

  @Test func `children of the root alone are scrolled, not folded`() {
    let outline = Self.outline(
      [("root", Array(1...100)), ("inner", [101, 102, 103])]
        + Array(repeating: ("worker", []), count: 102))
    let picture = TreePicture(outline, columns: 80, lettersOnly: false)
    #expect(picture.boxes.count == 104)
    #expect(picture.size.columns > 80)
  }

  @Test func `with room enough every strategy has a place on its line`() {
    let picture = TreePicture(Self.shop, columns: 118, lettersOnly: false)
    for box in picture.boxes where box.children.count > 1 {
      let connectors = box.children.map { picture.boxes[$0].middle }
      let label = BusLabel.place(["1:rest"], between: connectors, middle: box.middle)
      #expect(label?.text == " 1:rest ")
    }
  }

  @Test func `neighbours on a level follow each other`() {
    let picture = TreePicture(Self.shop, columns: 80, lettersOnly: false)
    #expect(picture.boxes.map(\.next) == [nil, 2, 3, 4, nil, 6, 7, 8, nil, 10, 11, nil])
  }

  @Test(arguments: [
    // The whole word in the middle; a gap too narrow; beside the middle, left before right.
    ([4, 40], 22, " one_for_all ", 16), ([4, 15], 10, " 1:all ", 7), ([10, 15], 12, nil, 0),
    ([10, 16], 13, "1:all", 11), ([38, 46, 54], 46, " 1:all ", 39),
    ([11, 23, 35, 43, 59], 35, " one_for_all ", 44),
  ])
  func `the strategy is written where it hides no connector`(
    connectors: [Int], middle: Int, word: String?, column: Int
  ) {
    let label = BusLabel.place(["one_for_all", "1:all"], between: connectors, middle: middle)
    #expect(label?.text == word)
    #expect(label?.column ?? 0 == column)
  }
}
