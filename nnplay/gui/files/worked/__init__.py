"""The window of the worked example: the sheet with its blanks, and the form that its numbers are typed into."""
