// BubbleSession
