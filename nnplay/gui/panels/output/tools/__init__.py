"""The drawing tools, and the board that they work on."""
