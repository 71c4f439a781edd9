import BubbleOracle
import Testing

/// How a mismatch is told.
@Suite struct DifferenceTests {
  @Test func `equal traces have no report`() {
    let trace: [JSONValue] = [["n": 0, "op": "start", "result": "ok", "tree": ["/"]]]
    #expect(TraceDifference(expected: trace, actual: trace).report == nil)
  }

  @Test func `the first record, field and element that differ are told`() {
    let expected: [JSONValue] = [["n": 3, "op": "exit", "result": "ok", "tree": ["/", "/a"]]]
    let actual: [JSONValue] = [["n": 3, "op": "exit", "result": "ok", "tree": ["/", "/b"]]]
    #expect(
      TraceDifference(expected: expected, actual: actual).report == """
          record 3, exit
          tree[1]
            expected "/a"
            actual   "/b"
        """)
  }

  @Test func `a field that is missing is told`() {
    let expected: [JSONValue] = [["n": 1, "op": "exit", "crashes": [["path": "/a"]]]]
    #expect(
      TraceDifference(expected: expected, actual: [["n": 1, "op": "exit"]]).report == """
          record 1, exit
          crashes
            expected [{"path":"/a"}]
            actual   nothing
        """)
  }
}
