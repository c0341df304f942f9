"""Back Until and Stop When: the pages on which a person chooses a condition, and what they do with it."""
