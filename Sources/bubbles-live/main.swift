import BubbleCommands

// All commands, and the demos that need a network.
await Bubbles<ChatDemo>.main()
