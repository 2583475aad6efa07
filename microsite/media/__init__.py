"""Pictures, type and styles become files with hashed names."""
