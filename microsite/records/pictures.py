"""What is wrong with the photos that entries show: missing, small, without words, unused."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records.fields import Checked
from microsite.records.groups import below, groups_in
from microsite.records.kinds import did_you_mean

Size = tuple[int, int]  # width and height in pixels, as the photo is seen
LEAST, BETTER = 640, 1200  # pixels of the longer side: a card on a sharp screen; a whole page

# What cameras, phones and chats call their files; `photo` and `รูป` with a number, too.
_CAMERA = re.compile(
    r"(?:img|dsc[fn]?|dcim|pxl|mvimg|gopr|screenshot|received|fb_img|line(?:_album)?|image|photo|pic"
    r"|รูป(?:ภาพ|ถ่าย)?)[ _-]?\(?\d[\w .()-]*",
    re.IGNORECASE,
)
_FILE = re.compile(r"\S*\.(?:jpe?g|png|webp|heic|heif|gif|tiff?|avif|bmp)", re.IGNORECASE)


def is_file_name(alt: str) -> bool:
    """Whether words for a photo are the name that a camera gave to its file."""
    text = alt.strip()
    return bool(_CAMERA.fullmatch(text) or _FILE.fullmatch(text))


def alt_file_name(alt: str) -> Fault:
    """The fault of words that are a file's name."""
    message = N_("“{typed}” is the name of a file, not what the photo shows.")
    return Fault("alt-file-name", message, N_("Say in a few words what is to be seen."), typed=alt)


def check_photos(one: Checked, photos: Mapping[str, Size | Fault]) -> Iterator[Problem]:
    """What is wrong with the photos in the fields of an entry in the source language."""
    for node, photo in groups_in(one.entry, one.values, "photos"):
        alt = photo.get("alt")
        if below(node, "alt") is node or below(node, "alt").is_empty:
            message = N_("The photo has no `alt`, the words for people who cannot see it.")
            mend = N_("Add `alt: ` with what the photo shows.")
            yield one.entry.problem(Fault("photo-alt-missing", message, mend), node)
        elif alt is not None and is_file_name(alt):
            yield one.entry.problem(alt_file_name(alt), below(node, "alt"))
        if photo.get("file") is not None:
            for fault in faults_of(photo["file"], photos):
                level = "warning" if fault.rule == "photo-smallish" else "error"
                yield one.entry.problem(fault, below(node, "file"), level=level)


def check_borrowed(
    one: Checked, source: Checked, photos: Mapping[str, Size | Fault]
) -> Iterator[Problem]:
    """Warnings for photos of a translation without words of their own, or with a file's name."""
    said: set[str] = set()
    for node, photo in groups_in(one.entry, one.values, "photos"):
        file, alt = photo.get("file"), photo.get("alt")
        if file is not None and alt is None:
            yield one.entry.problem(_borrowed([file]), below(node, "file"), level="warning")
        elif alt is not None and is_file_name(alt):
            yield one.entry.problem(alt_file_name(alt), below(node, "alt"), level="warning")
        said.add(file or "")
    typed = one.entry.fields.get("photos")
    wanted = {photo.get("file", ""): photo for photo in source.values.get("photos", ())}
    is_read = typed is None or typed.is_empty or "photos" in one.values
    if not is_read or not said <= wanted.keys():
        return  # something else is wrong with them
    missing = [
        file
        for file, photo in wanted.items()
        if file not in said and photo.get("alt") and isinstance(photos.get(file), tuple)
    ]
    if missing:
        yield one.entry.problem(_borrowed(missing), level="warning")


def faults_of(file: str, photos: Mapping[str, Size | Fault]) -> Iterator[Fault]:
    """Why a photo cannot be shown, or not well (`photo-smallish`, which is no error)."""
    known = photos.get(file)
    if known is None:
        yield _unknown(file, did_you_mean(file, sorted(photos)))
    elif isinstance(known, Fault):
        yield known
    elif max(known) < LEAST:
        message = N_("The photo has {width} × {height} pixels, too few to be shown well.")
        mend = N_("Use the photo as it came from the camera: {least} pixels or more on one side.")
        width, height = known
        yield Fault("photo-small", message, mend, width=width, height=height, least=LEAST)
    elif max(known) < BETTER:
        message = N_("The photo has {width} × {height} pixels, few for a large screen.")
        mend = N_("If there is a larger one, use that: {better} pixels or more on one side.")
        width, height = known
        yield Fault("photo-smallish", message, mend, width=width, height=height, better=BETTER)


def check_unused(photos: Collection[str], used: Collection[str], folder: str) -> Sequence[Problem]:
    """A warning for each photo that no entry names; `folder` is where they lie."""
    message = N_("No entry shows this photo.")
    fault = Fault("photo-unused", message, N_("Name it in an entry, or delete the file."))
    return [
        problem_of(fault, Place(f"{folder}/{file}"), level="warning")
        for file in sorted(set(photos) - set(used))
    ]


def _unknown(file: str, near: str) -> Fault:
    message = N_("There is no photo assets/photos/{file}.")
    guess, otherwise = N_("Did you mean “{near}”?"), N_("Put the photo there, or correct the name.")
    mend = guess if near else otherwise
    return Fault("photo-unknown", message, mend, file=file, near=near)


def _borrowed(files: Sequence[str]) -> Fault:
    message = N_(
        "There are no words in this language for {files}, so those of the source stand in."
    )
    mend = N_("List the photo here under `photos`, with `file: ` and `alt: `.")
    return Fault("photo-alt-borrowed", message, mend, files=", ".join(files))
