import BubbleOracle
import Testing

/// The scenarios by chance that are compared with the installed erl.
@Suite struct GeneratorTests {
  @Test func `the same seed gives the same scenario, another seed another one`() {
    for seed in UInt64(1)...50 {
      let scenario = ScenarioGenerator.scenario(seed: seed)
      #expect(scenario == ScenarioGenerator.scenario(seed: seed))
      #expect(scenario["tree"] != ScenarioGenerator.scenario(seed: seed + 1)["tree"])
    }
  }

  /// A member or a text of the format that some scenario has to have.
  @Test(arguments: [
    // Actions.
    #""op":"exit""#, #""op":"tell""#, #""op":"send""#, #""op":"proc_stop""#, #""op":"batch_exit""#,
    #""op":"start_child""#, #""op":"terminate_child""#, #""op":"restart_child""#,
    #""op":"delete_child""#, #""op":"get_childspec""#, #""op":"which_children""#,
    #""op":"count_children""#, #""op":"check_childspecs""#, #""op":"code_change""#,
    #""op":"stop""#, #""nowait":true"#, #""op":"wait""#, #""op":"align""#, #""op":"async""#,
    #""op":"release""#, #""pid_of":"#, #""name":"d"#,
    // What a worker is told.
    #""do":"stop""#, #""do":"unlink""#,
    // How starts go.
    #""do":"ok_info""#, #""do":"ignore""#, #""do":"exit""#, #""do":"error""#,
    #""do":"bad_return""#, #""do":"fn_return""#, #""do":"fn_error""#, #""do":"fn_exit""#,
    #""do":"fn_raise""#, #""do":"gate""#,
    // Workers.
    #""trap":true"#, #""on_exit_msg":"ignore""#, #""terminate":{"do":"sleep""#,
    #""terminate":{"do":"hang""#, #""terminate":{"do":"exit""#, #""terminate":{"do":"error""#,
    // Supervisors.
    #""strategy":"one_for_one""#, #""strategy":"one_for_all""#, #""strategy":"rest_for_one""#,
    #""strategy":"simple_one_for_one""#, #""auto_shutdown":"any_significant""#,
    #""auto_shutdown":"all_significant""#, #""flags_raw":"#,
    // Children.
    #""restart":"permanent""#, #""restart":"transient""#, #""restart":"temporary""#,
    #""shutdown":"infinity""#, #""shutdown":"brutal_kill""#, #""shutdown":0"#, #""shutdown":40"#,
    #""significant":true"#, #""type":"supervisor""#, #""modules":"dynamic""#, #""omit":["start"]"#,
    #""start_raw":"#, #""raw":"#,
  ])
  func `five hundred seeds use every feature of the format`(text: String) {
    #expect(Self.some.contains { $0.contains(text) })
  }

  private static let some = (UInt64(1)...500).map { ScenarioGenerator.scenario(seed: $0).encoded }

  @Test func `every scenario has a trace with a record for each action`() throws {
    for seed in UInt64(1)...100 {
      let scenario = ScenarioGenerator.scenario(seed: seed)
      let actions = try #require(scenario["actions"]?.array)
      // The header, the start, the actions and the end.
      #expect(OracleRunner.trace(of: scenario).count == actions.count + 3, "seed \(seed)")
    }
  }
}
