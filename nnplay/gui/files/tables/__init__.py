"""Tables that come in: what is read, how, and what its columns are used as."""
