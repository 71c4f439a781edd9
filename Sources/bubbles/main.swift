import BubbleCommands

// All commands, and nothing that needs a network: live demos are opened by the program beside.
await Bubbles<ProgramBeside>.main()
