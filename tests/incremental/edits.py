"""What people do to a site between two builds, each by chance: `EDITS`, by what it does in words.

An edit gets the site's folder, chance, and how builds are asked for, and answers what it did.
"""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 # what a build may not have; its seed is told

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
TYPES = ("articles", "enterprises", "pages", "partners", "products")
DAYS = ("2026-01-04", "2026-11-15", "2026-11-24", "2027-02-10", "2031-04-01", "2100-01-01")
WORDS = ("ลมทะเล", "แดดจัด", "ของฝาก", "Sea breeze & <sun>", "“New”", "ก", "น้ำใจ", "ครั้งที่สอง")


@dataclasses.dataclass
class Asked:
    """How builds are asked for."""

    today: str = "2026-11-24"
    drafts: bool = False
    base_url: str = ""
    output: str = "dist"
    jobs: int = 1


class Nothing(Exception):
    """There is nothing that this could be done to."""


Edit = Callable[[Path, Random, Asked], str]
EDITS: dict[str, Edit] = {}
FAULTY: set[str] = set()  # edits that usually keep a site from being built


def edit(of: Edit) -> Edit:
    """Named as what it does."""
    EDITS[of.__name__.replace("_", " ")] = of
    return of


def faulty(of: Edit) -> Edit:
    FAULTY.add(of.__name__.replace("_", " "))
    return edit(of)


# Content


@edit
def change_a_price(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, [one for one in entries(site, "products") if "\nprice: " in text(one)])
    new = rf"\g<1>{chance.randint(100, 999)}"
    return rewritten(path, re.sub(r"(\nprice: )\d+", new, text(path), count=1))


@edit
def change_words_below_the_fields(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, [one for one in entries(site) if one.suffix == ".md"])
    named = one_of(chance, entries(site, language=language_of(path)))
    kind = named.parent.name.removesuffix("s")
    words = f"{chance.choice(WORDS)} [](<{kind}:{named.stem}>) *{chance.choice(WORDS)}*"
    return rewritten(path, text(path).rstrip() + f"\n\n{words.replace('<', '').replace('>', '')}\n")


@edit
def add_a_sentence(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, [one for one in entries(site) if one.suffix == ".md"])
    return rewritten(path, f"{text(path).rstrip()} {chance.choice(WORDS)}.\n")


@edit
def change_a_summary(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, [one for one in entries(site) if "\nsummary: " in text(one)])
    said = re.sub(r"(?m)^(summary: .*)$", rf"\1 {chance.choice(WORDS[:3])}", text(path), count=1)
    return rewritten(path, said)


@edit
def change_a_name(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, entries(site))
    field = chance.choice(["name", "title", "summary", "short_name"])
    new = re.sub(rf"(?m)^({field}: .*)$", rf"\1 {chance.choice(WORDS[:3])}", text(path), count=1)
    return rewritten(path, new)


@edit
def change_a_field(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, entries(site, "products", language="th"))
    said = chance.choice(
        [
            "availability: discontinued",
            "availability: out-of-stock",
            "order: 1",
            "order: 9",
            "featured: true",
            "featured: false",
            "unit: ห่อใหญ่",
            "checked: 2026-11-01",
            "season: [1, 2]",
            "category: home",
            "category: seafood",
            "enterprise: sample-weavers",
            "enterprise: sample-newcomers",
            "kind: visit",
            "publish_date: 2027-01-01",
            "expiry_date: 2026-11-25",
            "draft: true",
        ]
    )
    return rewritten(path, with_field(text(path), said))


@edit
def add_an_entry(site: Path, chance: Random, asked: Asked) -> str:
    like = one_of(chance, entries(site, language="th"))
    slug = f"new-{chance.randint(0, 99)}"
    said = re.sub(r"(?m)^((name|title): .*)$", rf"\1 {slug}", text(like), count=1)
    said = re.sub(r"(?m)^(aliases|sku): .*\n", "", said)
    return rewritten(like.with_name(slug + like.suffix), said)


@edit
def add_a_product_of_the_same_name(site: Path, chance: Random, asked: Asked) -> str:
    like = one_of(chance, entries(site, "products", language="th"))
    said = re.sub(r"(?m)^(aliases|sku): .*\n", "", text(like))
    return rewritten(like.with_name(f"again-{like.name}"), said)


@edit
def add_so_many_entries_that_lists_go_on(site: Path, chance: Random, asked: Asked) -> str:
    added = sorted(site.glob("content/th/*/many-*"))
    if added:
        for path in added:
            path.unlink()
        return f"{len(added)} copies deleted"
    like = one_of(chance, entries(site, chance.choice(["products", "enterprises"]), language="th"))
    said = re.sub(r"(?m)^(aliases|sku): .*\n", "", text(like))
    for number in range(chance.choice([118, 125])):  # with the others about 120, LONG_LIST, or over
        told = said.replace("\nname: ", f"\nname: {number:03} ", 1)
        like.with_name(f"many-{number:03}{like.suffix}").write_text(told, "utf-8")
    return f"{number + 1} copies of {like.name}"


@edit
def delete_an_entry(site: Path, chance: Random, asked: Asked) -> str:
    gone = one_of(
        chance, entries(site, chance.choice(["products", "articles", "pages", "partners"]))
    )
    for path in same_entry(site, gone):
        path.unlink()
    for path in entries(site):  # nobody names it any more
        rest = without_reference(text(path), gone)
        if rest != text(path):
            path.write_text(rest, "utf-8")
    return f"{gone.name} deleted"


@edit
def give_an_entry_another_file_name(site: Path, chance: Random, asked: Asked) -> str:
    old = one_of(chance, entries(site, language="th"))
    new = f"renamed-{chance.randint(0, 99)}"
    kind = old.parent.name.removesuffix("s")
    for path in same_entry(site, old):
        path.rename(path.with_name(new + path.suffix))
    for path in entries(site):
        said = text(path).replace(f"({kind}:{old.stem})", f"({kind}:{new})")
        said = re.sub(
            rf"(?m)^((?:enterprise|mentor|enterprises):.*)\b{old.stem}\b", rf"\g<1>{new}", said
        )
        if said != text(path):
            path.write_text(said, "utf-8")
    flag = site / f"assets/illustrations/flags/{old.stem}.svg"
    if flag.exists() and chance.random() < 0.5:
        flag.rename(flag.with_name(f"{new}.svg"))
    return f"{kind} {old.stem} is {new}"


@edit
def exchange_two_entries(site: Path, chance: Random, asked: Asked) -> str:
    """Their files change places with times and inode, as no editor would do it."""
    some = entries(site, "products", language="th")
    one, other = chance.sample([path for path in some if path.suffix == ".md"], 2)
    aside = one.with_suffix(".aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    return f"{one.name} <-> {other.name}"


@edit
def write_an_entry_with_other_line_ends(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, entries(site))
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return path.name


@edit
def make_markdown_of_yaml(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, [one for one in entries(site, "partners") if one.suffix == ".yaml"])
    said = text(path)
    path.unlink()
    return rewritten(path.with_suffix(".md"), f"---\n{said}---\n{chance.choice(WORDS)}\n")


@edit
def give_an_old_address(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, entries(site, "products", language="th"))
    if "\naliases: " in text(path):
        return rewritten(path, re.sub(r"\naliases: .*", "", text(path)))
    old = f"/{chance.choice(['th/products', 'old', 'en/news'])}/was-{chance.randint(0, 99)}/"
    return rewritten(path, with_field(text(path), f"aliases: [{old}]"))


# Languages


@edit
def delete_a_translation(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, entries(site, language="en"))
    path.unlink()
    return f"en of {path.name}"


@edit
def translate(site: Path, chance: Random, asked: Asked) -> str:
    there = {(one.parent.name, one.stem) for one in entries(site, language="en")}
    missing = [
        one for one in entries(site, language="th") if (one.parent.name, one.stem) not in there
    ]
    of = one_of(chance, missing)
    name = "title" if of.parent.name in {"articles", "pages"} else "name"
    words = f"{name}: New {of.stem}\nsummary: Words, {chance.randint(0, 99)}\n"
    return rewritten(site / f"content/en/{of.parent.name}/{of.stem}.yaml", words)


@edit
def change_a_translation(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, entries(site, language="en"))
    new = re.sub(r"(?m)^(summary: .*)$", rf"\1 ({chance.randint(0, 99)})", text(path), count=1)
    return rewritten(path, new)


@edit
def take_a_word_of_a_translation_away(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, entries(site, language="en"))
    lines = text(path).splitlines(keepends=True)
    plain = [n for n, line in enumerate(lines) if re.match(r"[a-z_]+: \S", line)]
    return rewritten(path, "".join(lines[: plain[-1]] + lines[plain[-1] + 1 :]))


@edit
def add_a_language_or_take_it_away(site: Path, chance: Random, asked: Asked) -> str:
    path, own = site / "content/site.yaml", site / "content/zh"
    if own.exists():
        shutil.rmtree(own)
        return rewritten(path, text(path).replace("en, zh]", "en]"))
    rewritten(own / "site.yaml", "name: 海湾市集\ntagline: 海味\n")
    return rewritten(path, text(path).replace("[th, en]", "[th, en, zh]"))


@edit
def lose_the_ledgers(site: Path, chance: Random, asked: Asked) -> str:
    ledger = one_of(chance, sorted(site.glob("content/ledger/*")))
    lines = text(ledger).splitlines(keepends=True)
    kept = [line for n, line in enumerate(lines) if n == 0 or chance.random() < 0.5]
    return rewritten(ledger, "".join(kept)) if chance.random() < 0.7 else deleted(ledger)


@edit
def change_interface_words(site: Path, chance: Random, asked: Asked) -> str:
    path = site / f"locale/{chance.choice(['th', 'th', 'en'])}/messages.po"
    if path.exists() and chance.random() < 0.3:
        return deleted(path)
    message = chance.choice(["Awaiting price", "Products", "Search", "Makers", "Sources", "News"])
    said = f"{chance.choice(WORDS[:3])} {chance.randint(0, 99)}"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return rewritten(path, f'{head}msgid "{message}"\nmsgstr "{said}"\n')


# The site as a whole


@edit
def change_a_setting(site: Path, chance: Random, asked: Asked) -> str:
    path = site / "content/site.yaml"
    number = chance.randint(100, 999)
    old, new = chance.choice(
        [
            (r"base_url: .*", f"base_url: https://market-{number}.example"),
            (r"base_url: .*", f"base_url: https://sample-market.example/shop-{number}"),
            (r"phone: .*", f'phone: "02-000-0{number}"'),
            (r"repository: .*", f"repository: https://code.example/{number}"),
            (r"email: .*", f"email: hello{number}@sample-market.example"),
        ]
    )
    return rewritten(path, re.sub(old, new, text(path), count=1))


@edit
def change_the_words_of_the_site(site: Path, chance: Random, asked: Asked) -> str:
    path = site / f"content/{chance.choice(['th', 'en'])}/site.yaml"
    field = chance.choice(["name", "tagline", "description", "footer", "notice"])
    if chance.random() < 0.3 and field in {"description", "footer", "notice"}:
        return rewritten(path, re.sub(rf"(?m)^{field}: .*\n", "", text(path)))
    return rewritten(path, re.sub(rf"(?m)^({field}: .*)$", r"\1 ด้วย", text(path)))


@edit
def rename_a_term(site: Path, chance: Random, asked: Asked) -> str:
    path = site / f"content/{chance.choice(['th', 'en'])}/taxonomy.yaml"
    lines = text(path).splitlines(keepends=True)
    at = chance.choice([n for n, line in enumerate(lines) if "{name: " in line])
    lines[at] = re.sub(r"(name: [^,}]*)", rf"\1 {chance.randint(0, 99)}", lines[at], count=1)
    return rewritten(path, "".join(lines))


@edit
def reorder_terms(site: Path, chance: Random, asked: Asked) -> str:
    path = site / "content/th/taxonomy.yaml"
    lines = text(path).splitlines(keepends=True)
    terms = [n for n, line in enumerate(lines[:-1]) if "{name: " in line and "{" in lines[n + 1]]
    at = chance.choice(terms)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return rewritten(path, "".join(lines))


@edit
def add_a_term(site: Path, chance: Random, asked: Asked) -> str:
    path, key = site / "content/th/taxonomy.yaml", f"term-{chance.randint(0, 99)}"
    said = text(path).replace("places:\n", f"  {key}: {{name: หมวดใหม่}}\nplaces:\n")
    one = one_of(chance, entries(site, "products", language="th"))
    if chance.random() < 0.7:
        one.write_text(with_field(text(one), f"category: {key}"), "utf-8")
    return rewritten(path, said) + f" ({key}, {one.name})"


# Templates, styles, words and drawings of the site's own


@edit
def change_a_template(site: Path, chance: Random, asked: Asked) -> str:
    name = chance.choice(names_in("templates", "*.html"))
    own, ours = site / "templates" / name, ROOT / "templates" / name
    if own.exists() and chance.random() < 0.4:
        return deleted(own)
    mark = f"<i>{chance.randint(0, 99)}</i>"
    shown = re.sub(
        r"({% macro [^%]*%}|{% block main %}|<body[^>]*>)", rf"\1{mark}", text(ours), count=1
    )
    return rewritten(own, shown if chance.random() < 0.9 else text(ours) + "{# no change #}\n")


@edit
def change_a_part_that_only_this_site_has(site: Path, chance: Random, asked: Asked) -> str:
    part, page = site / "templates/parts/own.html", site / "templates/product.html"
    shown = f"{{% macro own(name) %}}<b>{chance.randint(0, 99)} {{{{ name }}}}</b>{{% endmacro %}}"
    if not page.exists() or "own.html" not in text(page):
        said = text(ROOT / "templates/product.html")
        taken = '{% from "parts/own.html" import own %}\n{% block main %}\n{{ own(product.name) }}'
        rewritten(page, said.replace("{% block main %}", taken, 1))
    return rewritten(part, shown)


@edit
def change_a_style_sheet(site: Path, chance: Random, asked: Asked) -> str:
    name = chance.choice(names_in("assets/css", "*.css"))
    own = site / "assets/css" / name
    if own.exists() and chance.random() < 0.4:
        return deleted(own)
    number = f"{chance.randint(0, 99)}rem;"
    return rewritten(own, re.sub(r"[\d.]+rem;", number, text(ROOT / "assets/css" / name), count=1))


@edit
def change_a_script(site: Path, chance: Random, asked: Asked) -> str:
    name = chance.choice(names_in("assets/js", "*.js"))
    own = site / "assets/js" / name
    if own.exists() and chance.random() < 0.4:
        return deleted(own)
    return rewritten(own, text(ROOT / "assets/js" / name) + f"\nexport const n{len(name)} = 1;\n")


@edit
def change_a_drawing(site: Path, chance: Random, asked: Asked) -> str:
    name = chance.choice(
        ["flags/default.svg", "mark.svg", "horizon.svg", "flags/sample-fishers.svg"]
    )
    own, ours = site / "assets/illustrations" / name, ROOT / "assets/illustrations" / name
    if own.exists() and chance.random() < 0.3:
        return deleted(own)
    colour = f"#{chance.randint(0, 0xFFFFFF):06x}"
    drawn = text(own if own.exists() else ours)
    return rewritten(own, re.sub(r'fill="#[0-9a-f]{3,6}"', f'fill="{colour}"', drawn, count=1))


# Photos


@edit
def take_a_photo_again(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, photos(site))
    size = path.stat().st_size
    wide = chance.random() < 0.3
    draw_photo(path, chance, 960 if wide else 640)
    with path.open("ab") as file:  # as long as it was, where it can be: only its bytes tell
        file.write(bytes(max(0, size - path.stat().st_size)))
    return path.name


@edit
def add_a_photo(site: Path, chance: Random, asked: Asked) -> str:
    to = one_of(chance, [one for one in entries(site, language="th") if one.suffix == ".md"])
    if to.parent.name not in {"products", "enterprises", "articles"}:
        raise Nothing
    name = f"added/{to.stem}-{chance.randint(0, 99)}.jpg"
    draw_photo(site / "assets/photos" / name, chance, 640)
    said = f"  - file: {name}\n    alt: ภาพใหม่ {chance.randint(0, 99)}\n"
    if "\nphotos:\n" in text(to):
        return rewritten(to, text(to).replace("\nphotos:\n", f"\nphotos:\n{said}", 1))
    return rewritten(to, text(to).replace("---\n", f"---\nphotos:\n{said}", 1))


@edit
def delete_the_photos_of_an_entry(site: Path, chance: Random, asked: Asked) -> str:
    of = one_of(chance, [one for one in entries(site, language="th") if "\nphotos:\n" in text(one)])
    files = re.findall(r"file: (\S+)", text(of))
    for path in same_entry(site, of):
        said = re.sub(r"(?m)^photos:\n(?:[ -].*\n)+", "", text(path))
        path.write_text(said, "utf-8")
    rest = "".join(map(text, entries(site)))
    for name in files:
        if name not in rest:
            (site / "assets/photos" / name).unlink(missing_ok=True)
    return f"{of.name}: {files}"


@edit
def put_a_photo_there_that_nobody_shows(site: Path, chance: Random, asked: Asked) -> str:
    path = site / "assets/photos/aside.jpg"
    if path.exists():
        return deleted(path)
    draw_photo(path, chance, 640)
    return path.name


@edit
def say_other_words_of_a_photo(site: Path, chance: Random, asked: Asked) -> str:
    of = one_of(chance, [one for one in entries(site) if "alt: " in text(one)])
    new = chance.choice([rf"\1 {chance.randint(0, 99)}", r"\1\n    focus: {x: 0.1, y: 0.9}"])
    if "focus:" in text(of) or language_of(of) != "th":
        new = r"\1 อีก"
    return rewritten(of, re.sub(r"(?m)^(    alt: .*)$", new, text(of), count=1))


# What is no change of content


@edit
def touch_without_a_change(site: Path, chance: Random, asked: Asked) -> str:
    some = [one for one in sorted(site.rglob("*")) if one.is_file() and ".cache" not in one.parts]
    touched = chance.sample(some, min(len(some), 20))
    for path in touched:
        os.utime(path)
    return ", ".join(path.relative_to(site).as_posix() for path in touched)


@edit
def leave_what_editors_leave(site: Path, chance: Random, asked: Asked) -> str:
    path = site / "content/th/products" / chance.choice([".hidden.md", "~squid.md", "Thumbs.db"])
    return deleted(path) if path.exists() else rewritten(path, "---\nname: no\n---\n")


@edit
def leave_notes_beside_the_entries(site: Path, chance: Random, asked: Asked) -> str:
    name = chance.choice(["notes.txt", "drafts/products/idea.md", "xx/products/dried-squid.md"])
    return rewritten(site / "content" / name, f"name: {chance.random()}\n")


@edit
def ask_for_another_day(site: Path, chance: Random, asked: Asked) -> str:
    asked.today = chance.choice([day for day in DAYS if day != asked.today])
    return asked.today


@edit
def ask_for_drafts_or_not(site: Path, chance: Random, asked: Asked) -> str:
    asked.drafts = not asked.drafts
    return str(asked.drafts)


@edit
def ask_for_another_address(site: Path, chance: Random, asked: Asked) -> str:
    asked.base_url = "" if asked.base_url else "https://example.org/shop"
    return asked.base_url


@edit
def ask_for_another_output(site: Path, chance: Random, asked: Asked) -> str:
    asked.output = "dist" if asked.output == "elsewhere" else "elsewhere"
    return asked.output


@edit
def ask_for_more_processes(site: Path, chance: Random, asked: Asked) -> str:
    asked.jobs = 3 - asked.jobs
    return str(asked.jobs)


# What people do to the output and to what is kept


@edit
def write_over_a_file_of_the_output(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, outputs(site, asked))
    times = path.stat()
    data = path.read_bytes()
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:] if chance.random() < 0.5 and data else b"odd")
    if chance.random() < 0.5:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return path.name


@edit
def delete_files_of_the_output(site: Path, chance: Random, asked: Asked) -> str:
    some = outputs(site, asked)
    gone = chance.sample(some, min(len(some), chance.choice([1, 1, 5, 50])))
    for path in gone:
        path.unlink()
    return ", ".join(path.relative_to(site.parent).as_posix() for path in gone[:5])


@edit
def delete_the_whole_output(site: Path, chance: Random, asked: Asked) -> str:
    shutil.rmtree(site.parent / asked.output, ignore_errors=True)
    return asked.output


@edit
def delete_what_is_kept(site: Path, chance: Random, asked: Asked) -> str:
    some = sorted((site / ".cache").iterdir())
    gone = chance.choice(some)
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    return gone.name


@edit
def damage_what_is_kept(site: Path, chance: Random, asked: Asked) -> str:
    some = [one for one in sorted((site / ".cache").rglob("*")) if one.is_file()]
    harmed = chance.sample(some, min(len(some), 10))
    for path in harmed:
        data = path.read_bytes()
        at = chance.randint(0, len(data))
        path.write_bytes(chance.choice([data[:at], data[:at] + b"\x00" + data[at + 1 :], b""]))
    return ", ".join(path.relative_to(site).as_posix() for path in harmed)


# Faults, which are mended afterwards


@faulty
def leave_a_field_unfinished(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, entries(site))
    said = chance.choice(
        ["category: nowhere", "price: ถามร้าน", "name:", "checked: [", "colour: red"]
    )
    return rewritten(path, with_field(text(path), said))


@faulty
def name_what_is_not_there(site: Path, chance: Random, asked: Asked) -> str:
    path = one_of(chance, [one for one in entries(site) if one.suffix == ".md"])
    said = chance.choice(["[x](product:nothing)", "![x](none/there.jpg)", "[x](place:nowhere)"])
    return rewritten(path, text(path) + f"\n{said}\n")


@faulty
def break_the_settings(site: Path, chance: Random, asked: Asked) -> str:
    path = site / "content" / chance.choice(["site.yaml", "th/site.yaml", "th/taxonomy.yaml"])
    broken = chance.choice(["[", "languages: []\n", "name:\n", "colour: red\n"])
    return rewritten(path, broken + text(path))


@faulty
def break_a_template(site: Path, chance: Random, asked: Asked) -> str:
    name = chance.choice(["product.html", "parts/price.html", "layouts/base.html", "home.html"])
    broken = chance.choice(["{% if %}", "{{ nothing.there }}", "{% include 'no.html' %}"])
    said = text(ROOT / "templates" / name)
    return rewritten(
        site / "templates" / name,
        re.sub(r"({% macro [^%]*%}|{% block main %}|<body[^>]*>)", rf"\1{broken}", said, count=1),
    )


@faulty
def break_words_or_drawings(site: Path, chance: Random, asked: Asked) -> str:
    name = chance.choice(
        [
            "locale/th/messages.po",
            "assets/illustrations/flags/sample-weavers.svg",
            "assets/illustrations/mark.svg",
            "assets/css/parts/price.css",
            "assets/photos/dried-squid/rack.jpg",
        ]
    )
    return rewritten(site / name, 'msgid "<svg{')


@faulty
def delete_what_others_name(site: Path, chance: Random, asked: Asked) -> str:
    named = [*photos(site), *entries(site, "enterprises", "th"), site / "content/th/taxonomy.yaml"]
    return deleted(chance.choice(named))


# Where things are, and how they are written


def entries(site: Path, type: str = "*", language: str = "*") -> list[Path]:
    return [
        one for one in sorted(site.glob(f"content/{language}/{type}/*")) if one.name[0] not in ".~T"
    ]


def photos(site: Path) -> list[Path]:
    return [one for one in sorted(site.glob("assets/photos/**/*")) if one.is_file()]


def outputs(site: Path, asked: Asked) -> list[Path]:
    """All files but the list of what is ours, without which the folder is not ours."""
    there = sorted((site.parent / asked.output).rglob("*"))
    return [one for one in there if one.is_file() and one.name != ".microsite"]


def same_entry(site: Path, path: Path) -> list[Path]:
    return [one for one in entries(site, path.parent.name) if one.stem == path.stem]


def names_in(folder: str, pattern: str) -> list[str]:
    root = ROOT / folder
    return sorted(path.relative_to(root).as_posix() for path in root.rglob(pattern))


def one_of(chance: Random, some: list[Path]) -> Path:
    if not some:
        raise Nothing
    return chance.choice(some)


def language_of(path: Path) -> str:
    return path.parents[1].name


def text(path: Path) -> str:
    if not path.exists():  # an edit before this one has taken it away
        raise Nothing
    return path.read_bytes().decode()


def rewritten(path: Path, said: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(said.encode())
    return "/".join(path.parts[-3:])


def deleted(path: Path) -> str:
    path.unlink()
    return f"{path.parent.name}/{path.name} deleted"


def with_field(said: str, line: str) -> str:
    """The entry with a field changed or, where it had none, as its first."""
    name = line.partition(":")[0]
    if re.search(rf"(?m)^{name}: ", said):
        return re.sub(rf"(?m)^{name}: .*$", line, said, count=1)
    return said.replace("---\n", f"---\n{line}\n", 1) if said[:3] == "---" else f"{line}\n{said}"


def without_reference(said: str, gone: Path) -> str:
    """Links to an entry as their words, and fields that name it without it."""
    kind = gone.parent.name.removesuffix("s")
    said = re.sub(rf"\[([^\]]*)\]\({kind}:{gone.stem}\)", r"\1", said)
    if kind == "partner":
        said = re.sub(rf"(?m)^mentor: {gone.stem}\n", "", said)
    return said


def draw_photo(path: Path, chance: Random, width: int) -> None:
    """Two colours, which are enough to tell photos apart and quick to encode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    above, below = (tuple(chance.randint(0, 255) for _ in range(3)) for _ in range(2))
    image = Image.new("RGB", (width, width * 3 // 4), above)
    image.paste(below, (0, width // 2, width, width))
    image.save(path)
