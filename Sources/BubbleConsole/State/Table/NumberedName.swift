/// A name that is sorted by the number at its end: `c2` stands before `c10`.
struct NumberedName: Comparable {
  var stem: Substring
  var number: Int

  init(_ name: String) {
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    stem = name.dropLast(digits)
    number = Int(name.suffix(digits)) ?? -1
  }

  static func < (left: NumberedName, right: NumberedName) -> Bool {
    (left.stem, left.number) < (right.stem, right.number)
  }
}
