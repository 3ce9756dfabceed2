"""Bytes to text, front matter and body; pure but for the modules that see files: `discover`, `places`, `reading`."""
