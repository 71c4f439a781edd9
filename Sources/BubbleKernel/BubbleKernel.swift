// BubbleKernel
