// BubbleTerminal
