extension ScenarioErrorTests {
  static let goodTree = "tree: {supervisor: top, children: [{worker: a}, {worker: b}]}\n"

  static let fileMistakes: [Mistake] = [
    Mistake("an empty file", "", "my.yaml:1:1: the file is empty"),
    Mistake("a file of comments", "# nothing\n", "my.yaml:1:1: the file is empty"),
    Mistake(
      "a list instead of a mapping", "- a\n- b\n",
      "my.yaml:1:1: a scenario is a mapping of keys to values; found a list"),
    Mistake(
      "text instead of a mapping", "hello\n",
      """
      my.yaml:1:1: a scenario is a mapping of keys to values; found "hello"
      """),
    Mistake("no tree", "name: x\n", "my.yaml:1:1: tree is missing: it holds the root supervisor"),
    Mistake(
      "an unknown key", "nam: x\n\(goodTree)",
      """
      my.yaml:1:1: unknown key "nam" of a scenario; did you mean "name"?
      """),
    Mistake(
      "a key that nothing is near to", "colour: red\n\(goodTree)",
      """
      my.yaml:1:1: unknown key "colour" of a scenario; known: name, description, seed, speed, beat, anchors, nodes, network, tree, applications, release, upgrades, faults, script
      """),
    Mistake(
      "a key that is a list", "[a, b]: red\n\(goodTree)",
      "my.yaml:1:1: a key is a word; found a list"),
    Mistake(
      "a key written twice", "name: a\nname: b\n\(goodTree)",
      """
      my.yaml:1:1: the key "name" is written more than once in the same mapping
      """),
    Mistake(
      "a seed that is not a number", "seed: lots\n\(goodTree)",
      """
      my.yaml:1:7: seed wants a whole number from 0 to 18446744073709551615; found "lots"
      """),
    Mistake(
      "a negative seed", "seed: -1\n\(goodTree)",
      """
      my.yaml:1:7: seed wants a whole number from 0 to 18446744073709551615; found "-1"
      """),
    Mistake(
      "a speed of 0", "speed: 0\n\(goodTree)",
      """
      my.yaml:1:8: speed wants a number from 0.01 to 1000; found "0"
      """),
    Mistake(
      "a beat without a unit", "beat: 300\n\(goodTree)",
      """
      my.yaml:1:7: beat wants a duration up to 10 s, such as 300 ms; found "300"
      """),
    Mistake(
      "a beat that is too long", "beat: 11 s\n\(goodTree)",
      """
      my.yaml:1:7: beat wants a duration up to 10 s, such as 300 ms; found "11 s"
      """),
    Mistake(
      "a name that is a list", "name: [a]\n\(goodTree)",
      "my.yaml:1:7: name wants text of 1 to 200 characters that can be seen; found a list"),
    Mistake(
      "a name that is empty", "name: \"\"\n\(goodTree)",
      """
      my.yaml:1:7: name wants text of 1 to 200 characters that can be seen; found ""
      """),
    Mistake(
      "a name without a value", "name:\n\(goodTree)",
      "my.yaml:1:6: name wants text of 1 to 200 characters that can be seen; found nothing"),
    Mistake(
      "a description that never ends",
      "description: \(String(repeating: "a", count: 2001))\n\(goodTree)",
      """
      my.yaml:1:14: description wants text of at most 2,000 characters; found "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"
      """),
    Mistake(
      "a tab", "tree:\n\tsupervisor: a\n",
      "my.yaml:2:1: a tab in the indentation; YAML wants spaces there"),
    Mistake(
      "a tab after blanks", "tree:\n  \tsupervisor: a\n",
      "my.yaml:2:3: a tab in the indentation; YAML wants spaces there"),
    Mistake(
      "a bracket that is not closed", "tree: {supervisor: a\n",
      "my.yaml:2:1: not YAML: did not find expected ',' or '}' while parsing a flow mapping, which begins in line 1"
    ),
    Mistake(
      "a quote that is not closed", "name: \"abc\ntree: 1\n",
      "my.yaml:3:1: not YAML: found unexpected end of stream while scanning a quoted scalar, which begins in line 1"
    ),
    Mistake(
      "an atom as in Elixir between braces",
      "tree: {supervisor: top, strategy: :one_for_all, children: []}\n",
      "my.yaml:1:35: words have no colon before them here: write one_for_all"),
    Mistake(
      "two colons in a line", "name: a: b\n",
      "my.yaml:1:8: not YAML: mapping values are not allowed in this context"),
    Mistake(
      "an indentation that fits nowhere", "tree:\n    a: 1\n  b: 2\n",
      "my.yaml:3:3: not YAML: did not find expected key while parsing a block mapping, which begins in line 1"
    ),
    Mistake(
      "a second document", "\(goodTree)---\nname: b\n",
      "my.yaml:2:1: a second document begins here; a scenario file holds one"),
    Mistake(
      "an alias of nothing", "name: *nobody\n\(goodTree)",
      "my.yaml:1:7: not YAML: found undefined alias"),
    Mistake(
      "a control character", "name: a\u{1B}[2Jb\n\(goodTree)",
      "my.yaml:1:8: not YAML: control characters are not allowed (U+1B)"),
    Mistake(
      "a control character in a key", "\"a\\e[2J\u{202E}b\": 1\n\(goodTree)",
      #"""
      my.yaml:1:1: unknown key "a\u{1B}[2J\u{202E}b" of a scenario; known: name, description, seed, speed, beat, anchors, nodes, network, tree, applications, release, upgrades, faults, script
      """#),
    Mistake(
      "brackets without end", "tree: " + String(repeating: "[", count: 5000),
      "my.yaml:1:8: the values are nested too deeply"),
    Mistake(
      "aliases of aliases",
      "a: &a [x, x]\n"
        + (1...20).map { "b\($0): &b\($0) [*a, *a]\n" }.joined() + goodTree,
      "my.yaml:10:1: more than 16 uses of an alias (*name)"),
    Mistake(
      "a few aliases that unfold to millions",
      "a: &a [\(String(repeating: "x, ", count: 9999))x]\n"
        + "b: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c]\n"
        + goodTree, "my.yaml:1:1: the file unfolds to more than 1,000,000 values"),
  ]
}
