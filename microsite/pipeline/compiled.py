"""Compiled templates, kept where Python keeps compiled modules, and trusted as those are."""

from __future__ import annotations

import contextlib
import marshal
import os
from functools import cache, lru_cache
from importlib.util import cache_from_source
from types import CodeType

from microsite.digest import digest
from microsite.site.templates import compile_template
from microsite.storage.version import stamp
from microsite.storage.whole import read_whole, seal, unseal, write_whole

# Not below .cache/, which may come with a site from anywhere: nothing of that is executed.
FOLDER = f"{os.path.dirname(cache_from_source(__file__))}/templates"
_VARIANTS = 8  # of a template that are kept: several sites may each have one of this name


@lru_cache(1024)  # a preview builds again and again
def code_of(name: str, text: str) -> CodeType:
    """The code of a template, for all languages.

    Compiling took a tenth of an edit of a small site.

    Raises:
        TemplateSyntaxError: it cannot be read.
    """
    key, shelf = digest(_stamp(), name, text), f"{FOLDER}/{name.replace('/', '.')}"
    with contextlib.suppress(OSError):
        if (kept := unseal(key, read_whole(f"{shelf}/{key}"))) is not None:
            code: CodeType = marshal.loads(kept)  # noqa: S302 # as Python loads its modules
            return code
    code = compile_template(name, text)
    with contextlib.suppress(OSError):  # where nobody may write, compiling is all it costs
        os.makedirs(shelf, exist_ok=True)
        write_whole(f"{shelf}/{key}", seal(key, marshal.dumps(code)))
        _forget_old(shelf)
    return code


_stamp = cache(stamp)  # of what this process has begun with, whatever is installed meanwhile


def _forget_old(shelf: str) -> None:
    kept = sorted(os.scandir(shelf), key=lambda one: one.stat().st_mtime_ns)
    for one in kept[:-_VARIANTS]:
        os.unlink(one.path)
