"""Share pictures of pages: which picture stands beside a link to each kind of page."""

from __future__ import annotations

from microsite.media.renditions import share_rendition
from microsite.media.share_pictures import HEIGHT, WIDTH, ShareDrawing, share_drawing
from microsite.problems import N_
from microsite.records.schema import Article, Enterprise, Photo, Product, name_of
from microsite.site.viewer import Viewer
from microsite.site.views import SharePicture

_TYPE = "image/jpeg"  # of all pictures that LINE shows, the safest


def of_site(viewer: Viewer) -> SharePicture | None:
    """For home, lists and free pages: the flags of the makers sewn together, name and tagline.

    None, here and below, where no template shows such pictures.
    """
    if not viewer.media.is_shared:
        return None
    return viewer.notes.once(f"share:{viewer.edition.language}", lambda: _of_site(viewer))


def _of_site(viewer: Viewer) -> SharePicture:
    edition, flags = viewer.edition, viewer.media.flags
    site = edition.site
    drawing = share_drawing(
        f"site-{edition.language}",
        flags["default"],
        site.name.text,
        site.tagline.text,
        face=viewer.media.font,
        pieces=tuple(flags[slug] for slug in edition.enterprises if slug in flags),
    )
    said = N_("The flags of the makers of {name}") if drawing.pieces else N_("The flag of {name}")
    return _drawn(viewer, drawing, viewer.wording.gettext(said).format(name=site.name))


def of_enterprise(viewer: Viewer, enterprise: Enterprise) -> SharePicture | None:
    """Its flag, its name and that of the site."""
    if not viewer.media.is_shared:
        return None
    name = f"share:{viewer.edition.language}:{enterprise.slug}"
    return viewer.notes.once(name, lambda: _of_enterprise(viewer, enterprise))


def _of_enterprise(viewer: Viewer, enterprise: Enterprise) -> SharePicture:
    flags, name = viewer.media.flags, enterprise.short_name or enterprise.name
    drawing = share_drawing(
        f"{enterprise.slug}-{viewer.edition.language}",
        flags.get(enterprise.slug, flags["default"]),
        name.text,
        viewer.edition.site.name.text,
        face=viewer.media.font,
    )
    said = viewer.wording.gettext(N_("The flag of {name}"))
    return _drawn(viewer, drawing, said.format(name=name))


def of_product(viewer: Viewer, product: Product) -> SharePicture | None:
    """Its first photo, else the picture of its maker."""
    return _photo(viewer, product) or of_enterprise(
        viewer, viewer.edition.enterprises[product.enterprise]
    )


def of_article(viewer: Viewer, article: Article) -> SharePicture | None:
    """Its first photo, else the picture of the first maker in it, else that of the site."""
    there = viewer.edition.enterprises
    makers = [there[slug] for slug in article.enterprises if slug in there]
    return _photo(viewer, article) or (
        of_enterprise(viewer, makers[0]) if makers else of_site(viewer)
    )


def _photo(viewer: Viewer, record: Product | Article) -> SharePicture | None:
    """The first photo that is large enough."""
    for photo in record.photos if viewer.media.is_shared else ():
        if picture := _cropped(viewer, photo, name_of(record).text):
            return picture
    return None


def _cropped(viewer: Viewer, photo: Photo, name: str) -> SharePicture | None:
    facts = viewer.photo(photo.file)
    focus = (photo.focus.x, photo.focus.y) if photo.focus else (0.5, 0.5)
    made = share_rendition(photo.file.rsplit(".", 1)[0], facts, focus)
    if made is None:
        return None
    viewer.show(photo.file, [made])
    alt = photo.alt.text if photo.alt else name
    return SharePicture(viewer.urls.absolute("/" + made.path), made.width, made.height, alt, _TYPE)


def _drawn(viewer: Viewer, drawing: ShareDrawing, alt: str) -> SharePicture:
    viewer.draw(drawing)
    return SharePicture(viewer.urls.absolute("/" + drawing.path), WIDTH, HEIGHT, alt, _TYPE)
