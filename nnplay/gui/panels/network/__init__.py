"""The network as a drawing to look at and to touch."""
