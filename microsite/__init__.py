"""Microsite: community enterprises' catalogues, from Markdown and YAML to static pages."""
