"""One self-contained HTML page about what is in the store, for people who would rather look than query."""
