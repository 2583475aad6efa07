"""Files become typed, checked, joined records."""
