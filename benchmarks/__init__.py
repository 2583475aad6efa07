"""Benchmarks: this generator beside Hugo and Pelican, on equal pages."""
