"""Why learning fails: what is found, with its numbers, what shows it and what helps."""
