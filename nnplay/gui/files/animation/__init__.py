"""File ▸ Export ▸ Animation…: what a view showed over the run, as a file that moves."""
