"""The preview: watch, rebuild, reload. Nothing of it reaches the site."""
