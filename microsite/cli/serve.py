"""`serve`: shows the site while somebody edits it; a folder without content holds none."""

from __future__ import annotations

from microsite.cli.options import Options
from microsite.cli.telling import say_problems
from microsite.pipeline.build import build
from microsite.pipeline.folders import Folders
from microsite.preview.server import serve


def run(options: Options) -> int:
    """1 where there is no content to show; else 0, once Ctrl-C has ended the preview."""
    settings = options.settings
    if not Folders(settings.home, settings.site).has("content"):
        say_problems(build(settings).problems, options.format, options.wording)
        return 1
    serve(settings, options.wording, port=options.typed.port)
    return 0
