"""Animations as files: frame after frame is compressed as it comes, so that no two of them are in memory at once."""
