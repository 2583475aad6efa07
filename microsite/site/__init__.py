"""Records become pages: what exists, what each shows."""
