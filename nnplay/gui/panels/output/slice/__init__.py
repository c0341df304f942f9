"""The place of a plane among more than two inputs: what it is, and how it is set."""
