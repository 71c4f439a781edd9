// BubbleCells
