"""Settings that all tests share, and the sites that many of them build."""

from hypothesis import settings

settings.register_profile("default", deadline=None, print_blob=True)
settings.load_profile("default")
