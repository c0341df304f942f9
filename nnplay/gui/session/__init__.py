"""THE SESSION: the current experiment with its undo stack, the thread that trains it, and the frames that show it."""
