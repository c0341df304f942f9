"""What stands in the window, one panel a file; a panel knows the session and no other panel."""
