import BubbleCommands

// All commands, and the demos that need a network.
Bubbles<ChatDemo>.prepare()
await Bubbles<ChatDemo>.main()
