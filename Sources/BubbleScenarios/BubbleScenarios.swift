// BubbleScenarios
