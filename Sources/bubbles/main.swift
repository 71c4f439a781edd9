import BubbleCommands

// All commands, and nothing that needs a network: live demos are opened by the program beside.
Bubbles<ProgramBeside>.prepare()
await Bubbles<ProgramBeside>.main()
