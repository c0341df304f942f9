"""Programs that an exported run becomes: pieces of code, of which each run takes those that it needs."""
