package import ArgumentParser

/// What a demo is opened with.
package struct DemoOptions: ParsableArguments {
  /// How it is shown.
  @OptionGroup package var stage: StageOptions
  /// What is written meanwhile.
  @OptionGroup package var files: FileOptions
  /// What is for the chat.
  @OptionGroup(title: "Options of the demo chat") package var chat: ChatOptions

  package init() {}
}
