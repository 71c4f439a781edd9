import BubbleEvents
import BubbleReleaseFiles

/// Takes files of Erlang terms, as each of their kinds, and terms as they are typed.
struct TermTarget: FuzzTarget {
  private static let files = [
    #"{application,shop,[{description,"a \"b\""},{vsn,"1"},{modules,[a,b]},{registered,[]},"#
      + #"{applications,[kernel,stdlib]},{env,[{k,#{1=>2,"a"=>{x,-3.5e2}}},{u,16#ff}]},"#
      + #"{mod,{shop,[]}},{start_phases,[{go,[]}]},{maxT,infinity}]}."#,
    #"{release,{"shop","2"},{erts,"13.0"},[{kernel,"8.0"},{stdlib,"4.0",load},{shop,"2",[a]}]}."#,
    #"{"2",[{<<"1(\\.[0-9]+){0,3}">>,[{update,a,{advanced,[]}},{load_module,b,[a]}]},"#
      + #"{"1",[{restart_application,shop}]}],[{<<".*">>,[{delete_module,c}]}]}."#,
    #"{"2",[{"1","text",[point_of_no_return,{suspend,[a]},{load,{a,brutal_purge,soft_purge}},"#
      + #"{code_change,up,[{a,[]}]},{resume,[a]}]}],[]}."#,
    #"{'an atom',"text",<<1,2,"x">>,[a|[b]],#{},$a,2#101,<0.1.0>,#Ref<3>,STACK}"#,
  ]

  func input(seed: UInt64) -> [UInt8] {
    var mutation = Mutation(seed: seed)
    if mutation.number(below: 4) == 0 { return mutation.text() }
    return mutation.damage(Array(mutation.one(of: Self.files).utf8), places: 6)
  }

  func problem(with input: [UInt8]) -> String? {
    let text = String(decoding: input, as: UTF8.self)
    if let term = Term(typed: text), let problem = problem(of: term) { return problem }
    for kind in Kind.allCases {
      do {
        try read(TermFile(input, name: "fuzz"), as: kind)
      } catch {
        let problem = controlProblem(in: error.description, of: "what is said of a file")
        if let problem { return problem }
      }
    }
    return nil
  }

  /// What a file can be.
  private enum Kind: CaseIterable {
    case application, release, upgrade, releaseUpgrade
  }

  private func read(_ file: TermFile, as kind: Kind) throws(ResourceError) {
    switch kind {
    case .application: _ = try ApplicationResource(file)
    case .release: _ = try ReleaseResource(file)
    case .upgrade: _ = try ApplicationUpgrade(file).instructions(.up, other: "1.0.2")
    case .releaseUpgrade: _ = try ReleaseUpgrade(file)
    }
  }

  /// What is typed is read again as it is written.
  private func problem(of term: Term) -> String? {
    Term(typed: term.typed) == term ? nil : "\(term.typed) is read as another term"
  }
}
