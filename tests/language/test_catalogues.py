"""The words of a catalogue, and what a catalogue with a mistake says."""

import pickle
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from hypothesis import given
from hypothesis import strategies as st

from microsite.digest import digest
from microsite.language.catalogues import UnreadableCatalogue, read_catalogue
from microsite.language.wording import ENGLISH

HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
POLISH = (
    'msgid ""\nmsgstr ""\n"Language: pl\\n"\n"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : '
    'n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n'
    'msgid "{n} product"\nmsgid_plural "{n} products"\n'
    'msgstr[0] "{n} produkt"\nmsgstr[1] "{n} produkty"\nmsgstr[2] "{n} produktów"\n'
)
# No braces or percent signs: those are names to fill in, and have tests of their own.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}%")
    | st.sampled_from("\n\t"),
    min_size=1,
).filter(str.strip)


def read(text):
    return read_catalogue("th", text.encode())


def test_a_translated_message_is_said_in_the_language():
    assert read(HEADER + 'msgid "Search"\nmsgstr "ค้นหา"\n').gettext("Search") == "ค้นหา"


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Other"\nmsgstr "อื่น"',
        'msgid "Search"\nmsgstr ""',
        '#, fuzzy\nmsgid "Search"\nmsgstr "คนหา"',
        '#: templates/parts/search.html:3\n#, fuzzy, python-format\nmsgid "Search"\nmsgstr "คนหา"',
        '#~ msgid "Search"\n#~ msgstr "ค้น"',
        'msgctxt "verb"\nmsgid "Search"\nmsgstr "ค้น"',
        'msgid "Search"\nmsgid_plural "Searches"\nmsgstr[0] ""',
    ],
)
def test_what_has_no_finished_translation_stays_english(entry):
    assert read(HEADER + entry).gettext("Search") == "Search"


def test_nothing_stays_nothing():
    assert read(HEADER).gettext("") == ENGLISH.gettext("") == ""


@pytest.mark.parametrize(
    "n, said",
    [(1, "produkt"), (2, "produkty"), (5, "produktów"), (12, "produktów"), (22, "produkty")],
)
def test_the_number_chooses_the_form(n, said):
    form = read(POLISH).ngettext("{n} product", "{n} products", n)
    assert form.format(n=n) == f"{n} {said}"


def test_thai_has_one_form_for_all_numbers():
    thai = read(HEADER + 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} วัน"')
    assert {thai.ngettext("{n} day", "{n} days", n) for n in (0, 1, 2, 100)} == {"{n} วัน"}


def test_english_counts_as_the_code_does():
    assert [ENGLISH.ngettext("day", "days", n) for n in (0, 1, 2)] == ["days", "day", "days"]


@given(st.dictionaries(WORDS, WORDS), st.dictionaries(WORDS, WORDS))
def test_what_other_tools_write_reads_back(single, plural):
    catalog = Catalog(locale="th")
    for message, words in single.items():
        catalog.add(message, words)
    plural = {one: words for one, words in plural.items() if one not in single}
    for one, words in plural.items():
        catalog.add((one, one + "s"), (words,))
    file = BytesIO()
    write_po(file, catalog, width=40)
    wording = read_catalogue("th", file.getvalue())
    assert {message: wording.gettext(message) for message in single} == single
    assert {one: wording.ngettext(one, one + "s", 3) for one in plural} == plural


def test_windows_line_ends_and_byte_order_marks_change_nothing():
    windows = b"\xef\xbb\xbf" + POLISH.replace("\n", "\r\n").encode()
    assert read_catalogue("th", windows) == read(POLISH)


@pytest.mark.parametrize(
    "text, line, reason",
    [
        (HEADER + "<<<<<<< HEAD\n", 5, "no line of a catalogue: <<<<<<< HEAD"),
        (HEADER + 'msgid "{count} files"\nmsgstr "{conut} ไฟล์"\n', 5, "names ['conut']"),
        (HEADER + 'msgid "%(n)s files"\nmsgstr "%(m)s ไฟล์"\n', 5, "names ['m'], the message ['n']"),
        (HEADER + 'msgid "{count} files"\nmsgstr "{count ไฟล์"\n', 5, "without its twin"),
        ('msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=n;"\n', 1, "promises 1"),
        ('\nmsgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n % 0;"\n', 1, "not understood"),
        (
            'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=__import__(1);"\n',
            1,
            "not understood",
        ),
    ],
)
def test_a_mistake_in_a_catalogue_is_named_with_its_line(text, line, reason):
    with pytest.raises(UnreadableCatalogue) as caught:
        read(text)
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert str(caught.value).startswith(f"line {line}: ")


def test_a_catalogue_saved_as_windows_874_says_so():
    with pytest.raises(ValueError, match="line 6: the file is not UTF-8"):
        read_catalogue("th", (HEADER + 'msgid "Search"\nmsgstr "ค้นหา"\n').encode("cp874"))


@given(st.binary())
def test_any_other_file_is_refused_or_read_but_never_crashes(data):
    try:
        assert read_catalogue("th", data).tag == "th"
    except UnreadableCatalogue as refusal:
        assert refusal.line >= 1


def test_a_message_may_hold_braces_that_are_no_names():
    assert read(HEADER + 'msgid "Write {"\nmsgstr "พิมพ์ {x"').gettext("Write {") == "พิมพ์ {x"


def test_words_travel_to_worker_processes_and_into_keys():
    wording = read(POLISH)
    assert pickle.loads(pickle.dumps(wording)) == wording  # noqa: S301 - made in the line itself
    assert digest(wording) != digest(ENGLISH)
