import BubbleCommands

/// The live demos, opened in this program.
enum ChatDemo: LiveDemos {
  static func open(_ demo: LiveDemo, _ options: DemoOptions) throws {
    switch demo {
    case .chat: try ChatStage(chat: options.chat, options: options.stage).open(options.files)
    }
  }
}
