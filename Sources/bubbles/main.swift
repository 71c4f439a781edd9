print("bubbles")
