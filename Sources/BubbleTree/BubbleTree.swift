// BubbleTree
