import BubbleOracle
import Testing

/// JSON as traces and scenarios have it.
@Suite struct JSONTests {
  @Test(arguments: [
    #"{"a":[1,-2,{"b":null}],"c":true,"d":false}"#, #""quote \" backslash \\ newline \u000a é 作""#,
    "[]", "{}", "1.5", #"{"":""}"#, #"["\u0001"]"#,
  ])
  func `what is read is written the same`(text: String) throws {
    #expect(try JSONValue(parsing: text).encoded == text)
  }

  @Test(arguments: ["", "{", "[1", #"{"a"}"#, #""open"#, "nothing", "[1] 2", #""\u12""#, "{,}"])
  func `what is not JSON is refused`(text: String) {
    #expect(throws: (any Error).self) { try JSONValue(parsing: text) }
  }

  @Test func `the order of members does not matter, that of elements does`() throws {
    #expect(try JSONValue(parsing: #"{"a":1,"b":2}"#) == ["b": 2, "a": 1])
    #expect(try JSONValue(parsing: "[1,2]") != [2, 1])
  }

  @Test func `a member can be set, replaced and taken away`() {
    var value: JSONValue = ["a": 1]
    value["b"] = 2
    value["a"] = "x"
    #expect(value == ["a": "x", "b": 2])
    value["a"] = nil
    #expect(value == ["b": 2])
  }
}
