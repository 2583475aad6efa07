"""The steps of a build, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from microsite.digest import digest
from microsite.pipeline.folders import INPUTS, Folders, read_templates
from microsite.pipeline.reading import Reading, read_site
from microsite.pipeline.rereading import read_again, remember_site
from microsite.pipeline.settings import Settings
from microsite.pipeline.spread import ahead
from microsite.pipeline.state import Outputs, State, keep_state, load_outputs, load_state
from microsite.problems import N_, Problem, Refusal, has_errors, in_order
from microsite.site.urls import file_of
from microsite.storage.inputs import clock_of_disk
from microsite.storage.lock import hold
from microsite.storage.output import Draft, Written, begin, discard, finish
from microsite.storage.owned import check_output, clear, refuse_kept
from microsite.storage.unchanged import MANY, are_as_seen, is_as_seen, look_at_all
from microsite.storage.unchanged import look as look_at_inputs
from microsite.storage.version import stamp

if TYPE_CHECKING:
    from microsite.pipeline.files import Made


_NOT_OURS = {"output-not-ours", "output-foreign"}
_MOVED = "inputs-moved"  # what was read does not fit together


class Built(Struct, frozen=True):
    """What became of a build. `written` is None where faults kept it from being written."""

    problems: list[Problem]
    pages: int = 0
    written: Written | None = None
    made: Made | None = None  # what was written, and what it came from
    outputs: str = ""  # how the files of the output stand
    settings: Settings | None = None  # what it was told
    state: State | None = None  # what it leaves for the next build

    @property
    def reading(self) -> Reading | None:
        """What the site was made from."""
        return self.made.reading if self.made else None

    @property
    def origins(self) -> dict[str, str]:
        """The content file of each page that comes from one, by the page's file."""
        if self.made is None:
            return {}
        library = self.made.reading.library
        plans = self.made.making.planned.all
        return {file_of(plan.path): library.file(plan.key) for plan in plans if plan.key}


def build(
    settings: Settings,
    step: Callable[[str], None] = lambda _: None,
    last: Built | None = None,
    looked: str = "",
    look: Callable[[], str] | None = None,
) -> Built:
    """The site in `settings.output`, or what is wrong with its content.

    `step` is told what is being done, as a message id. `last` is the last good build of this
    process, which is used up by the next good one: where a few entries say other words since, the
    rest of the site is not read again. `looked` is how inputs stand, where that has just been
    looked at, and `look` answers how the files of the output do.

    Raises:
        Refusal: the output is not ours, or lies in `.cache` of the site, where all may be deleted;
            another build is running, a disk is full.
    """
    refuse_kept(settings.output, Folders(settings.home, settings.site).kept())
    return _build(settings, step, last, looked, look)


def build_kept(
    settings: Settings, step: Callable[[str], None] = lambda _: None, last: Built | None = None
) -> Built:
    """As `build`, for an output of our own in `.cache`: damaged, it is made from nothing.

    Raises:
        Refusal: another build is running, a disk is full.
    """
    try:
        return _build(settings, step, last)
    except Refusal as refusal:
        if refusal.rule not in _NOT_OURS:
            raise
    clear(settings.output)  # as safe to delete as all that is kept
    return _build(settings, step)


def expect_writable(settings: Settings, *, is_as_left: bool = False) -> None:
    """Nothing, where a build may write the output; `is_as_left` as for `check_output`.

    Raises:
        Refusal: it may not, as `check_output` says.
    """
    folders = Folders(settings.home, settings.site)
    inputs = [one for name in INPUTS for one in folders.both(name)]
    check_output(settings.output, [*inputs, folders.code()], is_as_left=is_as_left)


def _build(
    settings: Settings,
    step: Callable[[str], None],
    last: Built | None = None,
    looked: str = "",
    look: Callable[[], str] | None = None,
) -> Built:
    try:
        return _build_once(settings, step, last, looked, look)
    except Refusal as refusal:
        if refusal.rule != _MOVED:
            raise
    return _build_once(settings, step)  # which looks at everything anew, and tells what is lacking


def _build_once(
    settings: Settings,
    step: Callable[[str], None],
    last: Built | None = None,
    looked: str = "",
    look: Callable[[], str] | None = None,
) -> Built:
    folders = Folders(settings.home, settings.site)
    problems: list[Problem] = []
    if not folders.has("content", "site.yaml"):  # a mistyped folder: not even a cache is left in it
        from microsite.pipeline.whole import read_content

        read_content(folders, problems)
        return Built(in_order(problems))
    with hold(folders.kept()):
        draft = begin(settings.output, folders.kept("output"))
        left = load_outputs(folders, settings.output)
        if draft.is_first or (last and not _still_holds(last, settings, left)):
            last = None
        if not left:  # refused before anything is read
            expect_writable(settings)
        try:
            # A large output is looked at by another process while this one reads.
            jobs = settings.jobs if left.count("\n") > MANY and not last else 1
            looking: AbstractContextManager[Callable[[], str]]
            if look and not draft.is_mended:
                looking = nullcontext(look)
            else:
                looking = ahead(partial(look_at_all, settings.output), jobs)
            with looking as answer:
                looked = looked or look_at_inputs(folders.inputs(), clock_of_disk(folders.kept()))
                made = _make(settings, folders, draft, left, answer, looked, last, problems, step)
            if made is None or has_errors(problems):
                discard(draft)
                return Built(in_order(problems))
        except BaseException as error:
            discard(draft)
            is_told = isinstance(error, Refusal) or not isinstance(error, Exception)
            if is_told or not looked or is_as_seen(looked):
                raise
            message = N_("Files of the site have changed while it was being built.")
            mend = N_("Build again when they are all saved.")
            raise Refusal(_MOVED, message, mend) from error
        step(N_("Writing"))
        written = finish(draft, made.laid, made.kept, made.gone)
        making = made.making
        left = made.outputs.after(settings.output, made.laid, made.kept, made.gone)
        state = keep_state(
            folders,
            settings.output,
            making.footing,
            digest(made.reading.looked),
            making.before,
            making.numbers.next,
            made.tables,
            left,
            is_all=made.is_all,
        )
    if last and made.reading.renewed is not None and not is_as_seen(left):
        return _build(settings, step)  # somebody has changed what was taken to be as it was left
    count = len(making.planned.plans) + len(making.planned.leading)
    return Built(in_order(problems), count, written, made, left, settings, state)


def _make(
    settings: Settings,
    folders: Folders,
    draft: Draft,
    left: str,
    look: Callable[[], str],
    looked: str,
    last: Built | None,
    problems: list[Problem],
    step: Callable[[str], None],
) -> Made | None:
    """All files laid ready; None as soon as faults make going on pointless.

    `left` and `look`: how the files of the output were left, and how they stand now. `looked`: how
    inputs stand. `last`: a build that has left the output so.
    """
    step(N_("Reading"))
    templates = read_templates(folders, problems)
    today, drafts = settings.today, settings.drafts
    reading = None
    if not draft.is_first:
        reading = read_again(
            last.reading if last else None,
            folders,
            looked,
            today=today,
            drafts=drafts,
            jobs=settings.jobs,
            meanwhile=_load_the_rest,
        )
    before, made = (last.state, last.made) if last and reading else (None, None)
    if reading:
        problems += reading.told
    if reading and last:
        outputs = Outputs(left, left)  # the rest is looked at when the pages are there
    else:
        if reading is None:
            # For its first pages, a site needs them all.
            is_ahead = draft.is_first and settings.jobs > 1
            with _preparing(templates, folders) if is_ahead else nullcontext():
                reading = read_site(
                    folders,
                    problems,
                    today=today,
                    drafts=drafts,
                    looked=looked,
                    jobs=settings.jobs,
                    meanwhile=_load_the_rest,
                )
        if reading is None:
            return None
        remember_site(folders, reading, today=today, drafts=drafts)
        outputs = Outputs(left, look())
        before = load_state(folders, settings.output, stamp(), outputs)
    if left:
        expect_writable(settings, is_as_left=outputs.are_as_left)
    from microsite.pipeline.files import make_files

    return make_files(
        settings, folders, reading, templates, draft, outputs, before, made, problems, step
    )


def _still_holds(last: Built, settings: Settings, left: str) -> bool:
    """Whether the output is what a build of the same settings has made, as far as that is used."""
    if last.state is None or (last.settings, last.outputs) != (settings, left):
        return False
    return are_as_seen(left, settings.output, last.state.spliced)


@contextmanager
def _preparing(templates: Mapping[str, str], folders: Folders) -> Iterator[None]:
    """Has another process make ready what all pages need, while the block is being done."""
    from microsite.pipeline.appearance import cut_face
    from microsite.pipeline.rendering import compile_used

    def prepare() -> None:
        compile_used(templates)
        cut_face(folders, templates)

    with ahead(prepare, jobs=2) as end:
        yield
        end()


def _load_the_rest() -> None:
    """Load what comes after reading, while another process reads."""
    from microsite.pipeline import files  # noqa: F401
