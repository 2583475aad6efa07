"""Changes to content files, as values: what to write is decided here, storage writes it."""
