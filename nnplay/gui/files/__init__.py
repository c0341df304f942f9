"""FILES: experiments opened and saved, points and digits brought in, pictures written."""
