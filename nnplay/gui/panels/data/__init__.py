"""Which points there are, and how they are split and fed."""
