import BubbleOracle
import BubbleReleaseFiles
import Foundation
import Testing

/// The applications of the installed Erlang, read from its files.
@Suite(.enabled(if: ErlangOracle.isInstalled, "needs erl and erlc: install Erlang/OTP"))
struct InstalledApplicationsTests {
  /// Every `.app` file below code:lib_dir().
  private static func resources() throws -> [ApplicationResource] {
    let answer = try TermFile(
      ErlangScript.answer(
        to: #"Answer = filelib:wildcard(code:lib_dir() ++ "/*/ebin/*.app")"#), name: "answer")
    return try answer.terms.compactMap(\.string).map { path in
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      return try ApplicationResource(TermFile(bytes, name: path))
    }
  }

  @Test func `what we read is what Erlang reads`() throws {
    let resources = try Self.resources()
    let names = resources.map(\.name).joined(separator: ",")
    let answer = try TermFile(
      ErlangScript.answer(
        to: """
          [application:load(A) || A <- [\(names)]],
          Key = fun(A, K) -> {ok, V} = application:get_key(A, K), V end,
          Answer = [[A, Key(A, vsn), Key(A, modules), Key(A, registered), Key(A, applications),
            Key(A, mod), length(Key(A, env))] || A <- [\(names)], A =/= erts]
          """), name: "answer")
    let ours = resources.filter { $0.name != "erts" }
    #expect(ours.count >= 5 && answer.terms.count == ours.count)
    for (resource, theirs) in zip(ours, answer.terms) {
      let keys = theirs.list ?? []
      #expect(keys.count == 7 && keys[0].atom == resource.name)
      #expect(keys[1].string == resource.version)
      #expect(keys[2].list?.compactMap(\.atom) == resource.modules)
      #expect(keys[3].list?.compactMap(\.atom) == resource.registered)
      #expect(keys[4].list?.compactMap(\.atom) == resource.applications)
      #expect(keys[5].tuple?.first?.atom == resource.startModule?.name)
      // The command line gives the kernel parameters of its own.
      guard resource.name != "kernel" else { continue }
      #expect(keys[6].integer == resource.environment.count, "\(resource.name)")
    }
  }

  @Test func `we start them in the order in which Erlang does`() throws {
    let resources = try Self.resources()
    let order = StartOrder(resources)
    let candidates = ["sasl", "ssl", "inets", "runtime_tools", "mnesia", "compiler", "tftp", "ftp"]
    let names = candidates.filter { name in resources.contains { $0.name == name } }
    let answer = try TermFile(
      ErlangScript.answer(
        to: """
          Stop = fun(Started) -> [application:stop(A) || A <- lists:reverse(Started)] end,
          Start = fun(A) -> {ok, L} = application:ensure_all_started(A), Stop(L), [A | L] end,
          Answer = [Start(A) || A <- [\(names.joined(separator: ","))]]
          """), name: "answer")
    #expect(answer.terms.count == names.count && names.count >= 2)
    for term in answer.terms {
      let theirs = (term.list ?? []).compactMap(\.atom)
      let name = try #require(theirs.first)
      let ours = try order.ensuringStarted(name, running: ["kernel", "stdlib"])
      #expect(ours == Array(theirs.dropFirst()))
    }
  }

  @Test func `we boot a release in the order in which systools does`() throws {
    let resources = try Self.resources()
    let order = StartOrder(resources)
    // Those whose needs are all installed, and in a list that is in no order.
    let others = resources.map(\.name).filter { name in
      guard !["kernel", "stdlib", "erts"].contains(name) else { return false }
      do { return try !order.ensuringStarted(name).isEmpty } catch { return false }
    }
    let names = ["kernel", "stdlib"] + others.sorted(by: >)
    let parts = names.map { name in
      "{\(name),\"\(resources.first { $0.name == name }?.version ?? "")\"}"
    }
    let answer = try TermFile(
      ErlangScript.answer(
        to: """
          Release = {release, {"all", "1"}, {erts, erlang:system_info(version)},
            [\(parts.joined(separator: ","))]},
          ok = file:write_file("all.rel", io_lib:format("~p.~n", [Release])),
          {ok, _, _} = systools:make_script("all", [silent, local, no_warn_sasl]),
          {ok, [{script, _, Steps}]} = file:consult("all.script"),
          Answer = [A || {apply, {application, start_boot, [A | _]}} <- Steps]
          """), name: "answer")
    #expect(try order.boot(names) == answer.terms.compactMap(\.atom))
  }

  @Test func `every installed appup is read, and its versions are those that Erlang matches`()
    throws
  {
    let versions =
      ["3.13", "3.13.0", "3.13.0.1", "4.0.1.2", "4.1", "7.2.1", "8.5", "8.5.3", "8.5.3.1"]
      + (0...60).map { "\($0 / 6).\($0 % 6)" } + ["", "1", "x", "10.9.8.7", "4.1.1a", " 4.1"]
    let answer = try TermFile(
      ErlangScript.answer(
        to: """
          Versions = [\(versions.map { "\"\($0)\"" }.joined(separator: ","))],
          Is = fun(V, P) when is_binary(P) -> re:run(V, P, [{capture, first, list}]) =:= {match, [V]};
            (V, P) -> V =:= P end,
          Which = fun(V, Scripts) -> [I || {I, {P, _}} <- lists:enumerate(Scripts), Is(V, P)] end,
          Answer = [begin {ok, [{_, Up, Down}]} = file:consult(F),
              {F, [{Which(V, Up), Which(V, Down)} || V <- Versions]} end
            || F <- filelib:wildcard(code:lib_dir() ++ "/*/ebin/*.appup")]
          """), name: "answer")
    #expect(answer.terms.count >= 3)
    for term in answer.terms {
      let path = try #require(term.tuple?.first?.string)
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      let upgrade = try ApplicationUpgrade(TermFile(bytes, name: path))
      for (version, theirs) in zip(versions, term.tuple?.last?.list ?? []) {
        let ours = [upgrade.upgrades, upgrade.downgrades].map { scripts in
          scripts.indices.filter { scripts[$0].versions.matches(version) }.map { $0 + 1 }
        }
        // To Erlang a list of small numbers may be a string.
        let numbers = (theirs.tuple ?? []).map { list in
          list.list?.compactMap(\.integer) ?? list.string?.unicodeScalars.map { Int($0.value) }
        }
        #expect(numbers == ours, "\(path) \(version)")
      }
    }
  }

  /// Whether the installed Erlang/OTP is release 25.
  private static func isRelease25() throws -> Bool {
    guard ErlangOracle.isInstalled else { return false }
    let answer = try TermFile(
      ErlangScript.answer(to: "Answer = [erlang:system_info(otp_release)]"), name: "answer")
    return answer.terms.first?.string == "25"
  }

  @Test(
    .enabled("needs Erlang/OTP 25: others load another list of modules first") {
      try isRelease25()
    })
  func `an installed release boots as its boot script says`() throws {
    let answer = try TermFile(
      ErlangScript.answer(
        to: #"""
          Answer = [filename:rootname(F)
            || F <- filelib:wildcard(code:root_dir() ++ "/releases/*/*.rel"),
              filelib:is_file(filename:rootname(F) ++ ".script")]
          """#), name: "answer")
    #expect(!answer.terms.isEmpty)
    let resources = try Self.resources()
    for path in answer.terms.compactMap(\.string) {
      func file(_ ending: String) throws -> TermFile {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path + ending))
        return try TermFile([UInt8](bytes), name: path + ending)
      }
      let checked = try CheckedRelease(ReleaseResource(file(".rel")), applications: resources)
      let script = try file(".script")
      let theirs = try BootCommand.steps(of: try #require(script.terms.first), in: script)
      let ours = checked.bootCommands.map(\.asInScript)
      for change in ours.difference(from: theirs) { Issue.record("\(path): \(change)") }
    }
  }
}
