"""What the site gives to machines, beside its pages."""
