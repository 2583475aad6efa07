"""One build from start to end: the only room that knows every step."""

from microsite.pipeline.build import Built, Settings, build
from microsite.pipeline.checking import check
from microsite.pipeline.survey import Survey, keep_ledger, read_files, survey

__all__ = ["Built", "Settings", "Survey", "build", "check", "keep_ledger", "read_files", "survey"]
