// BubbleSimulation
