"""Whether the links of a finished site hold: inside it and, on demand, those that lead out."""
