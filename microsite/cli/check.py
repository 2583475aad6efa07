"""`check`: says what is wrong with content, pages and links; writes the ledgers if asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

from microsite.cli.options import Options
from microsite.cli.telling import progress, say_problems
from microsite.links.asking import Answer, Manners, ask
from microsite.links.looking import Look, look
from microsite.links.outside import Outside, leading_out, problems_outside
from microsite.pipeline.checking import check
from microsite.pipeline.survey import read_files
from microsite.problems import N_, Problem, as_json, has_errors, in_order

AGENT = "microsite-link-check (+{address})"


def run(options: Options) -> int:
    """0 where a build would go through and its pages hold together, else 1.

    An output whose pages do not, because somebody has damaged it, ends with 1 as well.
    """
    step = progress(options.wording, is_quiet=options.is_quiet)
    if options.typed.record:
        check(options.settings, is_recorded=True)
    seen = look(options.settings, step)
    links: list[Outside] = []
    answers: dict[str, Answer] = {}
    problems = [*seen.problems, *seen.only_there, *seen.refused]
    if options.typed.external and seen.made:
        step(N_("Asking other hosts"))
        links = leading_out(seen.made, read_files(options.settings))
        manners = Manners(AGENT.format(address=seen.made.urls.absolute("/")))
        answers = ask([one.address for one in links if not one.is_closed], manners)
        problems = in_order([*problems, *problems_outside(links, answers, manners.timeout)])
    if options.format == "json":
        print(_as_json(problems, links, answers, options))
    else:
        told = [one for one in problems if one.level != "note" or not options.is_quiet]
        say_problems(told, options.format, options.wording)
        if not options.is_quiet:
            _say_links(links, answers)
            _say_end(seen, options)
    return 1 if has_errors(problems) else 0


def _say_links(links: Sequence[Outside], answers: Mapping[str, Answer]) -> None:
    """Every link that leads out: what its host answered, and where it stands."""
    for one in links:
        answer = answers.get(one.address)
        code = str(answer.code) if answer and answer.code else "–"
        place, more = one.places[0], len(one.places) - 1
        others = f" (+{more})" if more else ""
        print(f"{code:>3}  {one.address}  {place.file}:{place.line}{others}")
    if links:
        print()


def _say_end(seen: Look, options: Options) -> None:
    said, output = options.wording.gettext, options.settings.output
    if seen.made is None:
        print(said(N_("The content has to be mended first.")), file=sys.stderr)
        return
    if has_errors(seen.problems):
        print(said(N_("The pages have to be mended first.")), file=sys.stderr)
    elif seen.refused:
        told = N_("The content is in order, but a build cannot write {output}.")
        print(said(told).format(output=output), file=sys.stderr)
        return
    elif has_errors(seen.only_there):
        told = N_("The content is in order, but {output} is not. `python build.py` makes it anew.")
        print(said(told).format(output=output), file=sys.stderr)
        return
    else:
        print(said(N_("Content and pages are in order.")))
    if not seen.is_output_there:
        print(said(N_("`python build.py` puts them into {output}.")).format(output=output))
    elif seen.differing:
        told = options.wording.ngettext(
            "{output} is not like that yet: {files} file differs, {file}. `python build.py` brings "
            "it up to date.",
            "{output} is not like that yet: {files} files differ, such as {file}. "
            "`python build.py` brings it up to date.",
            len(seen.differing),
        )
        file = seen.differing[0]
        print(told.format(output=output, files=len(seen.differing), file=file))


def _as_json(
    problems: Sequence[Problem],
    links: Sequence[Outside],
    answers: Mapping[str, Answer],
    options: Options,
) -> str:
    """`{"problems": […]}`, and with --external `"links": [{address, status, moved_to, places}]`."""
    told = json.loads(as_json(problems, options.wording))
    if options.typed.external:
        told["links"] = [
            {
                "address": one.address,
                "status": answers[one.address].code if one.address in answers else 0,
                "moved_to": answers[one.address].to if one.address in answers else "",
                "places": [f"{place.file}:{place.line}" for place in one.places],
            }
            for one in links
        ]
    return json.dumps(told, indent=2)  # ASCII: valid in every encoding of a pipe
