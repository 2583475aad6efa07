"""Rules of the house that ruff, mypy and import-linter cannot see. A failure says what to mend."""

from __future__ import annotations

import ast
import datetime as dt
import functools
import re
import tomllib
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from string import Formatter

import pytest
import tinycss2
import yaml
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import meta, nodes
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tinycss2 import color4

from microsite.language.wording import ENGLISH
from microsite.media.renditions import PhotoFacts
from microsite.pipeline.appearance import prepare_media
from microsite.pipeline.folders import Folders
from microsite.pipeline.whole import check_content, read_content
from microsite.records.library import join
from microsite.site.frame import frame
from microsite.site.plan import leading, plan
from microsite.site.press import Press
from microsite.site.templates import Templates, environment
from microsite.site.urls import Urls
from microsite.site.viewer import Viewer

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples/sample-market"
LONGEST = 400  # lines of a module; the house's wish is 300
LAYERS = ("tokens", "base", "layouts", "parts")
MADE = {"--ground", "--on-ground", "--tone", "--base", "--tint"}  # by media, one class each
GLOBALS = {"_", "ngettext"}
EVERY_PAGE = {"site", "head", "flags"}
COLOUR_FUNCTIONS = {"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"}
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "tornado"}
NETWORK |= {"livereload", "requests", "httpx", "xmlrpc", "socketserver", "webbrowser"}


def files(folder, ending):
    return {
        path.relative_to(ROOT / folder).as_posix(): path.read_text("utf-8")
        for path in sorted((ROOT / folder).rglob(f"*{ending}"))
    }


MODULES = files("microsite", ".py")
TEMPLATES = files("templates", ".html")
STYLES = files("assets/css", ".css")
ENVIRONMENT = environment(Templates(TEMPLATES), ENGLISH)
each_template = pytest.mark.parametrize("name", TEMPLATES)
each_style = pytest.mark.parametrize("name", STYLES)


# ---- modules


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_its_duty_in_its_first_line_and_is_short(name):
    lines = MODULES[name].split("\n")
    assert re.match(r'""".+\.(""")?$', lines[0]), f"say the duty of {name} in its first line"
    assert len(lines) <= LONGEST, f"{name} has {len(lines)} lines: which part has its own duty?"


def test_only_the_preview_and_the_asking_of_links_speak_over_a_network():
    found = set()
    for name, text in MODULES.items():
        for node in ast.walk(ast.parse(text)):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {(name, one) for one in names if one.split(".")[0] in NETWORK}
    may = ("preview/", "links/asking.py")
    outside = {(name, one) for name, one in found if not name.startswith(may)}
    outside -= {(name, "urllib.parse") for name in MODULES}
    assert not outside, f"only {may} may: {sorted(outside)}"


def test_the_generator_knows_nothing_of_any_enterprise():
    texts = files("microsite", ".py") | files("templates", ".html") | files("assets/css", ".css")
    texts |= files("locale", ".po")
    known = content_names() | {"Rayong", "ระยอง", "Map Ta Phut", "มาบตาพุด"}
    assert len(known) > 50
    told = {(name, word) for name, text in texts.items() for word in known if word in text}
    assert not told, f"what is known of one network belongs into content/: {sorted(told)}"


def content_names():
    """Slugs and names of enterprises and products, keys and names of places."""
    found = set()
    for path in (ROOT / "content").glob("*/[ep]*/*.*"):
        if path.parent.name in {"enterprises", "products"}:
            text = path.read_text("utf-8")
            fields = yaml.safe_load(text.split("---")[1] if path.suffix == ".md" else text)
            found |= {path.stem, fields.get("name"), fields.get("short_name")}
    for path in (ROOT / "content").glob("*/taxonomy.yaml"):
        places = yaml.safe_load(path.read_text("utf-8"))["places"]
        found |= {*places, *(place["name"] for place in places.values())}
    return found - {None}


def test_every_make_target_that_is_named_anywhere_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    pages = files(".", "README.md") | files("docs", ".md")
    pages = {name: text for name, text in pages.items() if not name.startswith(".")}
    pages["Makefile"] = (
        (ROOT / "Makefile").read_text("utf-8").split("\n")[0].replace("make", "`make")
    )
    named = {
        (name, target)
        for name, text in pages.items()
        for target in re.findall(r"(?:^    |`)make ([a-z-]+)", text, re.MULTILINE)
    }
    assert named
    unknown = {(name, target) for name, target in named if target not in targets}
    assert not unknown, f"no such target in the Makefile: {sorted(unknown)}"


# ---- templates


def parsed(name):
    return ENVIRONMENT.parse(TEMPLATES[name], name)


@functools.cache
def contexts():
    """Names in the context of each template's pages, by planning the sample site."""
    folders, problems = Folders(str(ROOT), str(SAMPLE)), []
    content = read_content(folders, problems)
    wordings = dict.fromkeys(content.languages, ENGLISH)
    photos = dict.fromkeys(folders.photos(), PhotoFacts(1600, 1200, "0", 0))
    today = dt.date(2026, 11, 24)
    whole = check_content(
        content, folders, problems, wordings=wordings, photos=photos, today=today, drafts=True
    )
    prose = {
        one.checked[tag].entry.file: text
        for one in whole.together
        for tag, text in one.prose.items()
    }
    library = join(whole.checked, content.languages, today=today, drafts=True)
    _, media = prepare_media(folders, library.source.enterprises, photos, problems)
    assert [problem for problem in problems if problem.level == "error"] == []
    urls = Urls("https://x.example")
    viewers = [
        Viewer(edition, urls, media, prose.__getitem__, wordings[tag], today, {})
        for tag, edition in library.editions.items()
    ]
    presses = [Press(library, viewer, frame(viewer)) for viewer in viewers]
    plans = plan(presses)
    by_path = {one.path: one for one in plans}
    names = defaultdict(set)
    for one in [*plans, *leading(presses, lambda path: by_path[path].make())]:
        names[one.template] |= one.make().context.keys()
    return names


@each_template
def test_a_template_compiles(name):
    ENVIRONMENT.get_template(name)


@each_template
def test_a_template_names_what_it_includes_in_plain_words(name):
    tree = parsed(name)
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        is_plain = isinstance(node.template, nodes.Const) and node.template.value in TEMPLATES
        assert is_plain, f"{name}:{node.lineno}: name one template, in quotation marks"


@each_template
def test_a_template_lets_no_text_through_unescaped(name):
    tree = parsed(name)
    safe = [node.lineno for node in tree.find_all(nodes.Filter) if node.name == "safe"]
    switches = tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier))
    assert not safe, f"{name}:{safe}: prose and JSON-LD arrive as Markup, the rest is escaped"
    assert not [node.lineno for node in switches], f"{name}: autoescape stays on"


@each_template
def test_a_template_uses_only_what_its_page_gives_it(name):
    folder = name.split("/")[0]
    given = {"layouts": EVERY_PAGE, "parts": set()}.get(folder)
    given = EVERY_PAGE | contexts()[name] if given is None else given
    tree = parsed(name)
    read = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    unknown = meta.find_undeclared_variables(tree) - given - named_here(tree)
    unknown |= read & (set(ENVIRONMENT.globals) - GLOBALS)  # Jinja's own, such as `range`
    assert not unknown, f"{name}: no page gives it {sorted(unknown)}"


def named_here(tree):
    """What is imported or set outside of blocks, which Jinja finds undeclared inside them."""
    found = set()
    for node in tree.body:
        if isinstance(node, nodes.FromImport):
            found |= {one if isinstance(one, str) else one[1] for one in node.names}
        elif isinstance(node, nodes.Assign | nodes.Import):
            found.add(node.target if isinstance(node, nodes.Import) else node.target.name)
    return found


def test_every_page_has_its_template_and_every_template_its_page():
    pages = {name for name in TEMPLATES if "/" not in name}
    assert pages == set(contexts())


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith("parts/")])
def test_a_part_is_made_of_macros_and_nothing_else(name):
    for node in parsed(name).body:
        is_blank = isinstance(node, nodes.Output) and all(
            isinstance(one, nodes.TemplateData) and not one.data.strip() for one in node.nodes
        )
        is_fine = is_blank or isinstance(node, nodes.Macro | nodes.FromImport | nodes.Import)
        assert is_fine, f"{name}:{node.lineno}: a part names all it takes, so it is a macro"


@each_template
def test_a_template_quotes_attributes_and_holds_no_styles_or_scripts(name):
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", TEMPLATES[name], flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", "x", text, flags=re.DOTALL)
    for tag in re.findall(r"<[a-zA-Z][^<>]*>", text):
        bare = re.sub(r'=\s*("[^"]*"|\'[^\']*\')', "", tag)
        assert "=" not in bare, f"{name}: quote every value in {tag}"
        assert not re.search(r"\sstyle\b", bare), f"{name}: styles belong into assets/css: {tag}"
        assert not re.search(r"\son[a-z]+\b", bare), f"{name}: scripts belong into assets/js: {tag}"
        is_script = tag.lower().startswith("<script")
        is_fine = not is_script or " src=" in tag or 'type="application/ld+json"' in tag
        assert is_fine, f"{name}: scripts belong into assets/js: {tag}"
    assert "<style" not in text, f"{name}: styles belong into assets/css"


# ---- styles


def walk(tokens):
    """Every token, those inside brackets and functions too."""
    for token in tokens or ():
        yield token
        yield from walk(getattr(token, "content", None) or getattr(token, "arguments", None))


def rules(name):
    """(what stands before the bracket, declarations, the at-rules around) of each rule."""

    def inside(content, around):
        for node in tinycss2.parse_blocks_contents(content, True, True):
            assert node.type != "error", f"{name}:{node.source_line}: {node.message}"
            if node.type == "at-rule" and node.content is not None:
                at = f"@{node.lower_at_keyword} {tinycss2.serialize(node.prelude).strip()}"
                yield from inside(node.content, (*around, at))
            elif node.type == "at-rule":
                yield node, [], around
            elif node.type == "qualified-rule":
                made = tinycss2.parse_blocks_contents(node.content, True, True)
                yield node, [one for one in made if one.type == "declaration"], around

    return list(inside(tinycss2.parse_component_value_list(STYLES[name]), ()))


def declarations(name):
    return [(one, around) for _, made, around in rules(name) for one in made]


def defined(name):
    return {one.name for one, _ in declarations(name) if one.name.startswith("--")}


def variables(tokens):
    """Names inside `var()`, and whether each has something to fall back on."""
    for token in walk(tokens):
        if token.type == "function" and token.lower_name == "var":
            named = [one for one in token.arguments if one.type not in ("whitespace", "comment")]
            yield named[0].value, len(named) > 1


def classes(name):
    found = set()
    for rule, _, _ in rules(name):
        before = list(walk(rule.prelude)) if rule.type == "qualified-rule" else []
        for sign, word in pairwise(before):
            if sign.type == "literal" and sign.value == "." and word.type == "ident":
                found.add(word.value)
    return found


TOKENS = set().union(*(defined(name) for name in STYLES if name.startswith("tokens/")))


@each_style
def test_every_rule_lies_in_the_layer_of_its_folder(name):
    layer = f"@layer {name.split('/')[0]}"
    assert name.split("/")[0] in LAYERS
    assert rules(name)
    outside = [rule.source_line for rule, _, around in rules(name) if around[:1] != (layer,)]
    assert not outside, f"{name}:{outside}: put it into {layer} {{ … }}"


@each_style
def test_colours_stand_in_the_tokens_alone(name):
    if name.startswith("tokens/"):
        return
    for one, around in declarations(name):
        is_forced = any("forced-colors" in at for at in around)
        for token in walk(one.value):
            is_name = token.type == "ident" and token.lower_value not in {"transparent"}
            is_colour = (
                token.type == "hash"
                or (token.type == "function" and token.lower_name in COLOUR_FUNCTIONS)
                or (is_name and isinstance(color4.parse_color(token), color4.Color))
            )
            where = f"{name}:{one.source_line}: {one.name}"
            assert is_forced or not is_colour, f"{where}: name the colour in tokens/colours.css"


@each_style
def test_every_variable_is_a_token_or_made_here(name):
    known = TOKENS | MADE | defined(name)
    used = [pair for one, _ in declarations(name) for pair in variables(one.value)]
    unknown = sorted({word for word, has_other in used if word not in known and not has_other})
    assert not unknown, f"{name}: define {unknown} in tokens/, or correct the name"


def test_every_token_is_used():
    used = {
        word for name in STYLES for one, _ in declarations(name) for word, _ in variables(one.value)
    }
    drawn = files("assets/illustrations", ".svg") | files(SAMPLE / "assets/illustrations", ".svg")
    used |= {word for text in drawn.values() for word in re.findall(r"var\(\s*(--[\w-]+)", text)}
    idle = sorted(TOKENS - used)
    assert not idle, f"nothing uses {idle}: delete them"


@each_style
def test_styles_keep_to_what_is_plain(name):
    for rule, made, _ in rules(name):
        where = f"{name}:{rule.source_line}"
        assert rule.type == "qualified-rule", f"{where}: no {rule.at_keyword}: one file a part"
        ids = [token.value for token in walk(rule.prelude) if token.type == "hash"]
        assert not ids, f"{where}: classes, no ids: {ids}"
        for one in made:
            assert not one.important, f"{where}: layers decide, not !important"
            assert one.lower_name != "letter-spacing", f"{where}: it tears Thai marks off"
            addresses = [
                token
                for token in walk(one.value)
                if token.type == "url" or getattr(token, "lower_name", "") in {"url", "image-set"}
            ]
            assert not addresses, f"{where}: drawings stand in the page, not in styles"


@pytest.mark.parametrize("name", [name for name in STYLES if name.startswith("parts/")])
def test_a_part_has_a_twin_and_styles_nothing_else(name):
    block = name.removeprefix("parts/").removesuffix(".css")
    assert f"parts/{block}.html" in TEMPLATES, f"{name}: its markup is templates/parts/{block}.html"
    strange = {one for one in classes(name) if not re.match(rf"{block}($|__|-)", one)}
    assert not strange, f"{name}: these classes belong into files of their own: {sorted(strange)}"


@each_style
def test_every_class_is_used(name):
    """In a template, whole or with its end filled in there; or in what Python makes."""
    whole = "\n".join([*TEMPLATES.values(), *MODULES.values()])
    starts = set(re.findall(r"([\w-]+)\{\{", "\n".join(TEMPLATES.values())))
    starts |= {"flag--", "tint-"}  # media.drawings, media.tints
    unused = [
        one
        for one in sorted(classes(name))
        if not re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", whole)
        and not any(one.startswith(start) for start in starts if "-" in start)
    ]
    assert not unused, f"{name}: delete {unused}, or use them"


def test_the_colour_of_the_browser_is_that_of_the_page():
    typed = re.findall(r'name="theme-color" content="([^"]+)"', "\n".join(TEMPLATES.values()))
    grounds = re.findall(r"--color-bg:\s*(#\w+)", STYLES["tokens/colours.css"])
    assert typed == grounds[:2]


# ---- words


@functools.cache
def messages():
    """Every message of code and templates: one id, or two where there is a plural."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"][
        "mappings"
    ]
    found = extract_from_dir(
        ROOT,
        [(one["pattern"], one["method"]) for one in mappings],
        {one.pop("pattern"): {k: v for k, v in one.items() if k != "method"} for one in mappings},
        keywords={**DEFAULT_KEYWORDS, "N_": None},
    )
    return {message for _, _, message, _, _ in found}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "locale").glob("*/messages.po")), ids=lambda p: p.parent.name
)
def test_a_catalogue_says_every_message_and_nothing_else(path):
    with path.open("rb") as file:
        catalogue = read_po(file)
    said = {one.id for one in catalogue if one.id and not one.fuzzy and all(forms(one.string))}
    assert len(messages()) > 100
    missing, idle = messages() - said, {one.id for one in catalogue if one.id} - messages()
    assert not missing, f"`make words`, then translate {missing}"
    assert not idle, f"`make words`: nobody says {idle}"
    assert not catalogue.obsolete, "delete what is marked #~"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "locale").glob("*/messages.po")), ids=lambda p: p.parent.name
)
def test_a_translation_fills_in_what_its_message_does(path):
    with path.open("rb") as file:
        catalogue = read_po(file)
    for one in catalogue:
        for form in forms(one.string) if one.id else ():
            assert names(form) == names(forms(one.id)[-1]), f"{path}: {one.id!r}"


def said_in(tree):
    """What is handed over to be said in a language: the first argument of each such call."""
    says = {"N_", "gettext", "ngettext", "say", "said"}
    for node in ast.walk(tree):
        bound = node.value if isinstance(node, ast.Assign) else None
        if isinstance(bound, ast.Attribute) and bound.attr in {"gettext", "ngettext"}:
            says |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        named = getattr(node, "func", None)
        name = getattr(named, "attr", getattr(named, "id", ""))
        if name in says and node.args:
            yield from words_of(node.args[0])
            if name == "ngettext":
                yield from words_of(node.args[1])


def words_of(node):
    """What the code spells out there; an f-string is no message at all."""
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield ast.unparse(node)
    elif isinstance(node, ast.IfExp):
        yield from (*words_of(node.body), *words_of(node.orelse))
    elif isinstance(node, ast.BoolOp):
        yield from (word for value in node.values for word in words_of(value))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('said("a")', ["a"]),
        ('say("a" if x else "b")', ["a", "b"]),
        ('wording.ngettext("a", "b", 2)', ["a", "b"]),
        ('_ = self.words.gettext\n_(f"a {b}")', ["f'a {b}'"]),
        ("f'{said(N_(\"a\"))}'\nprint('b')\nsay(step)", ["a"]),
    ],
)
def test_words_that_are_said_are_found(code, words):
    assert list(said_in(ast.parse(code))) == words


@pytest.mark.parametrize("name", MODULES)
def test_words_that_are_said_are_collected_for_the_catalogues(name):
    known = {word for message in messages() for word in forms(message)}
    lost = set(said_in(ast.parse(MODULES[name]))) - known
    assert not lost, f"{name}: mark with N_ what no catalogue would hold: {sorted(lost)}"


def forms(text):
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def names(text):
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name is not None})


# ---- what it stands on


def required():
    """What pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    lines = [*project["dependencies"], *(line for extra in extras for line in extra)]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("asked", required(), ids=lambda asked: asked.name)
def test_the_lock_holds_a_version_that_is_asked_for(asked):
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line)
    locked = {canonicalize_name(name): version for name, version in pairs}
    version = locked.get(canonicalize_name(asked.name))
    assert version, f"requirements.lock lacks {asked.name}: `make lock`"
    assert asked.specifier.contains(version), f"{asked.name} {version} is not {asked.specifier}"


def test_the_lock_names_one_version_of_each():
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    strange = [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.+!-]+", line)]
    assert not strange, f"requirements.lock, `name==version` in each line: {strange}"
    named = [canonicalize_name(line.split("==")[0]) for line in lines]
    assert len(named) == len(set(named))
