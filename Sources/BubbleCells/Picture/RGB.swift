/// A colour of a picture.
struct RGB: Hashable {
  let value: Int

  init(_ value: Int) {
    self.value = value
  }

  /// As much of this colour as the share says, the rest of the other.
  func mixed(with other: RGB, share: Double) -> RGB {
    var mixed = 0
    for shift in [16, 8, 0] {
      let mine = Double(value >> shift & 0xFF)
      let theirs = Double(other.value >> shift & 0xFF)
      mixed |= Int((theirs + (mine - theirs) * share).rounded()) << shift
    }
    return RGB(mixed)
  }

  /// The notation of CSS.
  var css: String {
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
