"""One build from start to end: the only room that knows every step."""

from microsite.pipeline.build import Built, Settings, build

__all__ = ["Built", "Settings", "build"]
