// BubbleConsole
