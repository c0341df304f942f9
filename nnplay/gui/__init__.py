"""THE WINDOW, in floors: window, then panels and files, then session, then paint and widgets, then theme."""
