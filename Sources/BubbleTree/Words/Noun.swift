/// What is counted, in the number that goes with `count`: `1 match`, `2 matches`.
///
/// - Parameters:
///   - count: How many there are.
///   - one: The noun for one of them.
///   - many: The noun for any other number; nil adds an s.
/// - Returns: The noun alone.
package func noun(for count: Int, _ one: String, _ many: String? = nil) -> String {
  count == 1 ? one : many ?? one + "s"
}
