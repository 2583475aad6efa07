"""The markup of a photo inside prose, where no template reaches."""

from __future__ import annotations

from markupsafe import Markup

from microsite.site.views import Picture


def picture_markup(picture: Picture, *, sizes: str) -> Markup:
    """A photo in all its renditions; `sizes` as the attribute of its name has it."""
    sources = Markup("").join(
        Markup('<source type="{}" srcset="{}" sizes="{}">').format(one.type, one.srcset, sizes)
        for one in picture.sources
    )
    return Markup(
        '<picture>{}<img class="tint-{}" src="{}" srcset="{}" sizes="{}" width="{}" height="{}"'
        ' alt="{}" loading="lazy" decoding="async"></picture>'
    ).format(
        sources,
        picture.tint,
        picture.src,
        picture.srcset,
        sizes,
        picture.width,
        picture.height,
        picture.alt.text,
    )
