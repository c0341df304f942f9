"""Dialogs that ask for more than a file's name."""
