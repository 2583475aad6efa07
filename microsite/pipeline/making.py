"""Pages are made: those of which something has changed, by as many processes as that is worth."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct, field

from microsite.media.renditions import Rendition
from microsite.media.share_pictures import ShareDrawing
from microsite.pipeline.planning import Planned, title_item
from microsite.pipeline.spread import spread
from microsite.pipeline.state import Footing, Made, Numbers, State, made_of, within
from microsite.problems import Fault
from microsite.publish.listing import listed
from microsite.records.notes import Item, Read
from microsite.site.plan import titled
from microsite.site.press import PagePlan
from microsite.site.titles import Naming, told_apart
from microsite.site.urls import file_of
from microsite.site.viewer import SHOWN
from microsite.site.views import Page
from microsite.storage.log import Row
from microsite.storage.output import Draft, Laid, lay

_AT_ONCE = 16  # pages that take one step before they take the next


class Making(Struct):
    """What has been made so far, and what it was made with."""

    planned: Planned
    render: Callable[[Page], bytes]
    draft: Draft
    footing: Footing
    before: State | None
    changed: set[int]  # numbers of items that are not what they were
    touched: set[str]  # files of the output that are not as they were left
    jobs: int
    numbers: Numbers
    are_same: bool  # whether there are the same pages as in the last build
    made: dict[str, Made] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)  # what those were made from, by path
    heads: dict[str, Row] = field(default_factory=dict)  # what is known of them
    laid: dict[str, Laid] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def is_moved(self, language: str, template: str) -> bool:
        """Whether such pages have another template or ground than in the last build."""
        before, now = self.before, self.footing
        return (
            before is None
            or is_on_new_ground(language, now, before)
            or before.templates.get(template) != now.templates.get(template)
        )

    def at(self, path: str) -> Made:
        """The page at a path, made now or before."""
        if path not in self.made:
            assert self.before is not None  # noqa: S101 # else all pages are made
            return made_of(path, self.before.heads[path])
        return self.made[path]

    @property
    def leaves_the_rest(self) -> bool:
        """Whether files of the output stay as they are that have nothing to do with what was made.

        To be asked when pages have been made.
        """
        before, now = self.before, self.footing
        return (
            before is not None
            and before.kept.is_tidy
            and self.are_same
            and not self.touched
            and (before.grounds, before.templates) == (now.grounds, now.templates)
        )

    def all_rows(self) -> tuple[dict[str, Row], dict[str, Row]]:
        """What all pages were made from, and what is known of them; by path."""
        pages, heads = {**self.rows}, {**self.heads}
        if self.before:
            pages = {**self.before.pages.all(), **pages}
            heads = {**self.before.heads.all(), **heads}
        if self.are_same:
            return pages, heads
        paths = [plan.path for plan in self.planned.all]
        return {path: pages[path] for path in paths}, {path: heads[path] for path in paths}

    def shared_now(self) -> dict[Item, Row]:
        """The rows of items that were made to stand for others."""
        numbers, now = self.numbers, self.planned.source.library.notes.shared
        return {name: [numbers[name], numbers.of(now[name])] for name in now}

    def shown(self, pages: Mapping[str, Row], shared: Mapping[Item, Row]) -> set[str]:
        """The paths of all pictures that these pages show."""
        known = self.before.items if self.before else ()
        pictures = [item for item in {*known, *self.numbers} if item.startswith(SHOWN)]
        items = within(pages.values(), shared) if pictures else ()
        return {item.removeprefix(SHOWN) for item in pictures if self.numbers[item] in items}

    def not_shown_any_more(self) -> list[str]:
        """The paths of pictures that pages showed which were made now, and that no page shows."""
        if self.before is None:
            return []
        was = ChainMap(self.before.pages, self.before.shared)
        now = {**self.rows, **self.shared_now()}
        lost: set[int] = set().union(*(was[name][-1] for name in now if name in was))
        lost = {number for number in lost if number < 0}.difference(
            *(now[name][-1] for name in now)
        )
        if lost:
            lost.difference_update(*(row[-1] for name, row in was.items() if name not in now))
        if not lost:
            return []
        return [
            item.removeprefix(SHOWN)
            for item in self.before.items
            if item.startswith(SHOWN) and self.numbers[item] in lost
        ]


class _Share(Struct, frozen=True):
    """What one process made."""

    pages: list[tuple[Made, Laid, Read]]
    shared: dict[Item, Read]
    faults: list[Fault]
    wanted: dict[str, dict[str, Rendition]]
    drawn: dict[str, ShareDrawing]


def make_pages(making: Making) -> None:
    """Make all pages whose making before does not hold any more."""
    planned = making.planned
    _make_all(_stale(planned.plans, making), {}, making)
    if making.faults:
        return
    renamed = _tell_apart(planned.plans, making)
    if making.before:
        making.changed |= making.before.of(map(title_item, renamed))
    stale = _stale(planned.leading, making)
    if stale:
        planned.titles.update((plan.path, making.at(plan.path).title) for plan in planned.plans)
        _make_all(stale, {}, making)
    if stale and not making.faults:
        _tell_apart(planned.leading, making, planned.titles)


def is_on_new_ground(language: str, now: Footing, before: State | None) -> bool:
    """Whether what all pages of a language stand on has changed; "" is of all languages."""
    if before is None:
        return True
    if not language:
        return now.grounds != before.grounds
    return now.grounds[language] != before.grounds.get(language)


def _stale(plans: Sequence[PagePlan], making: Making) -> list[PagePlan]:
    before, changed, touched = making.before, making.changed, making.touched
    if before is None:
        return list(plans)
    now, bad = making.footing, before.pages.with_any(changed)
    if not making.are_same:
        bad.update(plan.path for plan in plans if plan.path not in before.pages)
    if not touched and (before.grounds, before.templates) == (now.grounds, now.templates):
        return [plan for plan in plans if plan.path in bad]
    kinds = {(plan.language, plan.template) for plan in plans}
    moved = {kind for kind in kinds if making.is_moved(*kind)}
    return [
        plan
        for plan in plans
        if plan.path in bad
        or (plan.language, plan.template) in moved
        or file_of(plan.path) in touched
    ]


def _make_all(plans: Sequence[PagePlan], titles: Mapping[str, str], making: Making) -> None:
    """Make these pages, with these titles by path where they are known."""
    notes = making.planned.source.library.notes
    for share in spread(plans, partial(_make_share, making, titles), making.jobs):
        for made, laid, items in share.pages:
            path = made.listed.path
            making.made[path], making.laid[laid.path] = made, laid
            making.rows[path], making.heads[path] = [making.numbers.of(items)], made.row()
        notes.shared |= share.shared
        making.faults += share.faults
        for photo, wanted in share.wanted.items():
            making.planned.wanted.setdefault(photo, {}).update(wanted)
        making.planned.drawn.update(share.drawn)


def _make_share(making: Making, titles: Mapping[str, str], plans: Sequence[PagePlan]) -> _Share:
    """These pages, as one process makes them."""
    planned = making.planned
    notes = planned.source.library.notes
    count = len(notes.shared)
    pages: list[tuple[Made, Laid, Read]] = []
    faults: list[Fault] = []
    for at in range(0, len(plans), _AT_ONCE):
        pages += _make_together(plans[at : at + _AT_ONCE], titles, making, faults)
    return _Share(pages, notes.shared_since(count), faults, planned.wanted, planned.drawn)


def _make_together(
    plans: Sequence[PagePlan],
    titles: Mapping[str, str],
    making: Making,
    faults: list[Fault],
) -> list[tuple[Made, Laid, Read]]:
    """Pages with the title given for their path, their own or the one that told them apart before.

    With each comes what it was made from, and the pictures that it shows. All take one step before
    any takes the next: that saves a fifth of the time, as `entries.read_together` says.

    Raises:
        Refusal: one cannot be written.
    """
    notes, urls = making.planned.source.library.notes, making.planned.source.viewer.urls
    rendered: list[tuple[Made, bytes, Read]] = []
    for plan, (page, read) in [(plan, notes.during(plan.make)) for plan in plans]:
        naming = page.naming or Naming(page.head.title)
        title = titles.get(plan.path)
        if title is None:
            known = _before(plan.path, making.before)
            title = known.title if known and known.naming == naming else page.head.title
        try:
            html, more = notes.during(partial(making.render, titled(page, title)))
        except Fault as fault:
            faults.append(fault)
            continue
        made = Made(listed(page, urls), naming, page.head.title, title)
        rendered.append((made, html, tuple({*read, *more})))
    return [
        (made, lay(making.draft, file_of(made.listed.path), html), read)
        for made, html, read in rendered
    ]


def _before(path: str, before: State | None) -> Made | None:
    row = before.heads.get(path) if before else None
    return made_of(path, row) if row else None


def _tell_apart(
    plans: Sequence[PagePlan], making: Making, others: Mapping[str, str] | None = None
) -> set[str]:
    """Paths of the pages whose title is not what it was in the last build.

    Where one has another title now than it was made with, it is made with that. The titles of
    `others`, by path, are taken, and stay.
    """
    if _are_named_as_before(making):
        return set()
    taken = list((others or {}).values())
    made = [making.at(plan.path) for plan in plans]
    told = told_apart(
        [*taken, *(one.own_title for one in made)],
        [*map(Naming, taken), *(one.naming for one in made)],
    )[len(taken) :]
    titles = {plan.path: title for plan, title in zip(plans, told, strict=True)}
    wrong = [plan for plan, one in zip(plans, made, strict=True) if titles[plan.path] != one.title]
    _make_all(wrong, titles, making)
    return {
        path
        for path, title in titles.items()
        if (known := _before(path, making.before)) is None or known.title != title
    }


def _are_named_as_before(making: Making) -> bool:
    """Whether nothing can have changed in how pages are told apart."""
    before = making.before
    if before is None or not making.are_same:
        return False
    for path, one in making.made.items():
        known = _before(path, before)
        if known is None or (known.naming, known.title) != (one.naming, one.title):
            return False
    return True
