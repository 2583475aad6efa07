"""Pages are made: those of which something has changed, by as many processes as that is worth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from microsite.media.renditions import Rendition
from microsite.media.share_pictures import ShareDrawing
from microsite.pipeline.planning import Planned, title_item
from microsite.pipeline.spread import spread
from microsite.pipeline.state import Footing, Made, State
from microsite.problems import Fault
from microsite.publish.listing import listed
from microsite.records.notes import Item
from microsite.site.plan import dressed
from microsite.site.press import PagePlan
from microsite.site.titles import told_apart
from microsite.site.urls import file_of
from microsite.site.viewer import SHOWN
from microsite.site.views import Naming, Page
from microsite.storage.output import Draft, Laid, lay
from microsite.values import dataclass, field


@dataclass(slots=True)
class Making:
    """What has been made so far, and what it was made with."""

    planned: Planned
    render: Callable[[Page], bytes]
    draft: Draft
    footing: Footing
    before: State | None
    jobs: int
    made: dict[str, Made] = field(default_factory=dict)
    laid: dict[str, Laid] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Share:
    """What one process made."""

    pages: list[tuple[Made, Laid]]
    faults: list[Fault]
    wanted: dict[str, dict[str, Rendition]]
    drawn: dict[str, ShareDrawing]


def make_pages(making: Making, touched: Collection[str]) -> None:
    """Make all pages whose making before does not hold any more.

    `touched`: files of the output that are not as they were left.
    """
    planned, before = making.planned, making.before
    changed = _changed(making.footing, before.footing if before else None)
    changed |= {SHOWN + path for path in touched}
    stale = [plan for plan in planned.plans if _is_stale(plan, making, changed)]
    _make_all(stale, {}, making)
    if making.faults:
        return
    changed |= set(map(title_item, _tell_apart(planned.plans, making)))
    leading = [plan for plan in planned.leading if _is_stale(plan, making, changed)]
    _make_all(leading, {}, making)
    if not making.faults:
        _tell_apart(planned.all, making)


def _changed(now: Footing, before: Footing | None) -> set[Item]:
    """The items that pages have read and that are not what they were."""
    if before is None or before.stamp != now.stamp:
        return set()
    return {item for item, said in before.items.items() if now.items.get(item, "") != said}


def _is_stale(plan: PagePlan, making: Making, changed: set[Item]) -> bool:
    """Whether a page has to be made; if not, it counts as made."""
    before, now = making.before, making.footing
    made = before.made.get(plan.path) if before else None
    own = SHOWN + file_of(plan.path)
    if before is None or made is None or before.footing.stamp != now.stamp:
        return True
    grounds = now.grounds if not plan.language else {plan.language: now.grounds[plan.language]}
    old = before.footing
    if (
        any(old.grounds.get(tag) != ground for tag, ground in grounds.items())
        or (not plan.language and old.grounds.keys() != grounds.keys())
        or old.templates.get(plan.template) != now.templates.get(plan.template)
        or own in changed
        or not changed.isdisjoint(made.items)
    ):
        return True
    making.made[plan.path] = made
    return False


def _make_all(plans: Sequence[PagePlan], titles: Mapping[str, str], making: Making) -> None:
    """Make these pages, with these titles by path where they are known."""

    def work(share: Sequence[PagePlan]) -> _Share:
        pages: list[tuple[Made, Laid]] = []
        faults: list[Fault] = []
        for plan in share:
            try:
                pages.append(_make(plan, titles.get(plan.path), making))
            except Fault as fault:
                faults.append(fault)
        return _Share(pages, faults, making.planned.wanted, making.planned.drawn)

    for share in spread(plans, work, making.jobs):
        for made, laid in share.pages:
            making.made[made.listed.path], making.laid[laid.path] = made, laid
        making.faults += share.faults
        for photo, wanted in share.wanted.items():
            making.planned.wanted.setdefault(photo, {}).update(wanted)
        making.planned.drawn.update(share.drawn)


def _make(plan: PagePlan, title: str | None, making: Making) -> tuple[Made, Laid]:
    """A page, with its own title or the one that told it apart the last time, unless it is given.

    Raises:
        Fault: its template cannot be used.
        Refusal: it cannot be written.
    """
    source, before = making.planned.source, making.before

    def make() -> tuple[Page, Naming, str, bytes]:
        page = plan.make()
        naming = page.naming or Naming(page.head.title)
        told = title
        if told is None:
            known = before.made.get(plan.path) if before else None
            told = known.title if known and known.naming == naming else page.head.title
        return page, naming, told, making.render(dressed(page, source.viewer, told))

    (page, naming, told, html), items = source.library.notes.during(make)
    laid = lay(making.draft, file_of(plan.path), html)
    made = Made(listed(page, source.viewer.urls), naming, page.head.title, told, items)
    return made, laid


def _tell_apart(plans: Sequence[PagePlan], making: Making) -> set[str]:
    """Paths of the pages whose title is not what it was in the last build.

    Where one has another title now than it was made with, it is made with that.
    """
    made = [making.made[plan.path] for plan in plans]
    told = told_apart([one.own_title for one in made], [one.naming for one in made])
    titles = {plan.path: title for plan, title in zip(plans, told, strict=True)}
    _make_all(
        [plan for plan in plans if titles[plan.path] != making.made[plan.path].title],
        titles,
        making,
    )
    making.planned.titles.update(titles)
    before = making.before.made if making.before else {}
    return {
        path for path, title in titles.items() if path not in before or before[path].title != title
    }
