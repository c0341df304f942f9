"""The past changed, and the branches of a run beside each other."""
