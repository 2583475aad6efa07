"""What Thai does differently: era, order of words, marks, digits, mending of typed text."""

from __future__ import annotations

import re
import unicodedata

ERA_OFFSET = 543  # the Buddhist era, since 1941: all of the calendar but the year is the common one
LONG_DATE = "d MMMM y"  # CLDR's pattern of the Buddhist calendar, which Babel leaves out

_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC = str.maketrans(_DIGITS, "0123456789")
_YEAR = re.compile(r"'[^']*'|y+")

# Marks, by code point because they cannot be read without a consonant:
# 31 34-3a vowels above and below · 33 sara am · 48-4b tones · 4c thanthakhat · 4d nikhahit
_SOFT_HYPHEN_AND_BOM = dict.fromkeys(map(ord, "\u00ad\ufeff"))
_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_NO_WIDTH = dict.fromkeys(map(ord, _ZERO_WIDTH))
_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]*)\u0e32")
_AM_AND_TONES = re.compile("[\u0e33\u0e48-\u0e4b]{2,}")
_VOWELS_AND_TONES = re.compile("[\u0e31\u0e34-\u0e3a\u0e48-\u0e4c]{2,}")
_VOWELS = re.compile("[\u0e31\u0e34-\u0e3a]")
_TONES = re.compile("[\u0e48-\u0e4c]")
_SAME_MARK_AGAIN = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")
_ODD = re.compile(  # any of these: a text without them is as it should be
    # First a set that each begins with, since `re` runs to the next of a set, but tries a choice
    # at every character; then which of them it is.
    "[\u00ad\ufeff\u0e31\u0e33-\u0e3a\u0e40\u0e47-\u0e4e](?:(?<=[\u00ad\ufeff])|(?<=เ)เ"
    "|(?<=\u0e4d)[\u0e48-\u0e4b]*\u0e32|(?<=\u0e33)[\u0e48-\u0e4b]"
    "|(?<=[\u0e48-\u0e4c])[\u0e31\u0e34-\u0e3a]|(?<=([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]))\\1)"
)
# A mark in TIS-620, where a letter is a byte: what it is, and before what it is odd, a bit each.
_AM, _E, _TONE, _VOWEL, _OTHER = 1, 2, 4, 8, 16
_IS = {
    **dict.fromkeys((0xD1, *range(0xD4, 0xDB)), _VOWEL),
    **dict.fromkeys(range(0xE8, 0xED), _TONE),
    **{0xD3: _AM, 0xE0: _E, 0xE7: _OTHER, 0xEE: _OTHER},
}
_AFTER = {_VOWEL: _VOWEL | _TONE, _TONE: _TONE | _AM, _E: _E, _OTHER: _OTHER}
_KINDS = bytes(_IS.get(byte, 0) for byte in range(256))
_ODD_AFTER = bytes(_AFTER.get(_IS.get(byte, 0), 0) for byte in range(256))
_ALWAYS_ODD = "\u00ad\ufeff\u0e4d"
_CONTROL = re.compile("[\t-\r]")
_OTHER_SPACES = "\t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_OTHER_SPACE = re.compile(f"[{_OTHER_SPACES}]")
_LEFT_OUT = re.compile("[\u0e47-\u0e4c\u0e4e !-/:-@[-`{-~\u00b7\u2010-\u2027]+")
_LEFT_OUT_OF_ASCII = dict.fromkeys(code for code in range(128) if _LEFT_OUT.match(chr(code)))

_RUN = re.compile("[\u0e01-\u0e4e]{3,}")
# A mark without a letter to stand on, or on the dotted circle that stands for any letter
_MARKS = "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e"
_STRAY_MARK = f"[{_MARKS}](?<![\u0e01-\u0e2e{_MARKS}\u25cc][{_MARKS}])"
_STRAY = re.compile(_STRAY_MARK)
_MISPLACED = re.compile(  # such a mark, or a leading vowel without a letter to lead
    f"{_STRAY_MARK}|[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
)
# Joiners that shape neither Thai nor Latin letters; emoji and other scripts need theirs.
_IDLE = re.compile("[\u200b\u2060\ufeff]|(?<![^\u0000-\u007f\u0e01-\u0e5b])[\u200c\u200d]")

# In the dictionary a word stands under its first consonant, whatever vowel is written before it.
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
# Weight of marks that count only between words that are otherwise alike (Unicode's DUCET).
_MARK_WEIGHT = {mark: str(n) for n, mark in enumerate("\u0e4e\u0e4c\u0e47\u0e48\u0e49\u0e4a\u0e4b")}
# ๅ stands beside า, a lone nikhahit before ะ.
_LETTER_PLACE = str.maketrans("\u0e45\u0e4d", "\u0e32\u0e2f")
_NOT_COUNTED = frozenset("PSZC")  # punctuation, symbols, spaces, invisible characters
_BEHIND_THAI = "\uffff"

# One word to a reader, several in the dictionaries by which browsers break lines (Chromium 156).
_COMPOUNDS = (
    "เก้าวิสาหกิจชุมชน",
    "สวนเกษตรผสมผสาน",
    "วิสาหกิจชุมชน",
    "เกษตรผสมผสาน",
    "เกษตรอินทรีย์",
    "พาณิชยศาสตร์",
    "ความร่วมมือ",
    "ฐานเรียนรู้",
    "การบัญชี",
    "เยี่ยมชม",
    "เรียนรู้",
    "เรือเล็ก",
    "แม่บ้าน",
    "ผลไม้",
    "ลงนาม",
)
_COMPOUND = re.compile("(" + "|".join(_COMPOUNDS) + ")")
# Words that join what stands before them to what follows. Of 62,106 words of a dictionary
# (PyThaiNLP 5.3) none has one of these inside where it is not that word; กอและ is a boat.
_JOINING = re.compile("(?<!กอ)และ|หรือ|ซึ่ง|เพราะ|เพื่อ(?![นม])|สำหรับ|ระหว่าง|รวมทั้ง|ตั้งแต่")


def in_buddhist_era(pattern: str, year: int) -> str:
    """A CLDR date pattern with the Buddhist year written into it, in quotes.

    The date that is then formatted keeps its own year: 29 February 2567 exists only in 2024, and
    2565 begins on another weekday than 2022.
    """

    def quoted(match: re.Match[str]) -> str:
        if match[0].startswith("'"):
            return match[0]
        buddhist = year + ERA_OFFSET
        return f"'{buddhist % 100:02d}'" if match[0] == "yy" else f"'{buddhist}'"

    return _YEAR.sub(quoted, pattern)


def split_at_compounds(text: str) -> list[str]:
    """The text in pieces; every second piece is a word that a line must not break."""
    return _COMPOUND.split(text)


def ends_of_words(text: str) -> list[int]:
    """Places between two words that one knows without a dictionary: before what joins them.

    Spaces are not told; they part words in every language.
    """
    return [match.start() for match in _JOINING.finditer(text)]


def ends_of_syllables(text: str) -> list[int]:
    """Places before a vowel that is written first, which begins its syllable, in no compound."""
    inside: set[int] = set()
    for match in _COMPOUND.finditer(text):
        inside.update(range(match.start() + 1, match.end()))
    found = (match.start() for match in _LEADING_VOWEL.finditer(text))
    return [place for place in found if place not in inside]


def arabic_digits(text: str) -> str:
    """The text with ๐ to ๙ as 0 to 9; digits of other scripts stay."""
    return text.translate(_ARABIC) if _has_any(_DIGITS, text) else text


def mend(text: str) -> str:
    """NFC, with marks that were typed in an odd order or twice put right.

    Text that looks right stays as it is, spaces, line ends and break marks too, so that whole files
    may be mended. Never NFKC, which takes ำ apart.
    """
    if is_mended(text):
        return text
    text = unicodedata.normalize("NFC", text).translate(_SOFT_HYPHEN_AND_BOM)
    text = text.replace("เเ", "แ")
    text = _SPLIT_AM.sub("\\1\u0e33", text)
    text = _AM_AND_TONES.sub(lambda run: _sorted_marks(run[0], _TONES), text)
    text = _VOWELS_AND_TONES.sub(lambda run: _sorted_marks(run[0], _VOWELS), text)
    text = unicodedata.normalize("NFC", text)
    return _SAME_MARK_AGAIN.sub(r"\1", text)


def is_mended(text: str) -> bool:
    """Whether `mend` leaves the text, and every part of it, as it is."""
    if text.isascii():
        return True
    letters = text.encode("cp874", "replace")
    kinds = int.from_bytes(letters.translate(_KINDS), "little")
    after = int.from_bytes(letters.translate(_ODD_AFTER), "little")
    may_be_odd = kinds & after >> 8 or _has_any(_ALWAYS_ODD, text)
    if may_be_odd and _ODD.search(text):  # which takes three times as long
        return False
    return unicodedata.is_normalized("NFC", text)


def without_invisible(text: str) -> str:
    """The text without characters that show nothing and do nothing where they stand."""
    return _IDLE.sub("", text) if _has_any(_ZERO_WIDTH, text) else text


def without_zero_width(text: str) -> str:
    """The text without any character that takes no room: what a reader sees of it."""
    return text.translate(_NO_WIDTH) if _has_any(_ZERO_WIDTH, text) else text


def stray_mark(text: str) -> re.Match[str] | None:
    """The first vowel or tone mark that has no letter to stand on."""
    return _STRAY.search(text)


def search_key(text: str) -> str:
    """What two texts share when a reader would call them the same: never shown.

    Mended, without invisible characters, digits Arabic, small letters, spaces single. The browser
    does the same to what a visitor types (tests/cases/search-keys.tsv is read by both).
    """
    if text.isascii() and "  " not in text and not _CONTROL.search(text):
        return text.lower().strip(" ")
    key = arabic_digits(mend(without_zero_width(text))).lower()
    if _has_any(_OTHER_SPACES, key):
        key = _OTHER_SPACE.sub(" ", key)
    return " ".join(filter(None, key.split(" ")))


def loose_key(key: str) -> str:
    """What two search keys share that differ in tone marks, spaces and punctuation only.

    Where those stand is soon forgotten, or skipped by a thumb in a hurry.
    """
    return key.translate(_LEFT_OUT_OF_ASCII) if key.isascii() else _LEFT_OUT.sub("", key)


def spelling_key(text: str) -> str:
    """What two texts share that differ in spaces, invisible characters and the order of marks only.

    Thai puts no spaces between words, so where they stand is a matter of taste and of line ends.
    """
    seen = "".join(text.split())  # by far the most of it, in a fraction of the time
    return seen if seen.isascii() else mend(without_zero_width(seen))


def word_order(text: str) -> tuple[str, tuple[str, ...]]:
    """Letters and digits, and the marks on each of them, by which a Thai dictionary sorts.

    As ICU does it: leading vowels after their consonant, tone marks and accents second, digits one
    by one; spaces, punctuation, ฯ and ๆ do not count. Of 62,107 words of a Thai dictionary, two
    stand elsewhere than `Intl.Collator("th")` of Chromium 156 puts them.
    """
    if text.isascii() and text.isalnum():  # as most words in Latin letters are
        return text.lower(), ("",) * len(text)
    spelt = unicodedata.normalize("NFD", mend(text).casefold()).translate(_ARABIC)
    letters: list[str] = []
    marks: list[str] = []
    for char in _LEADING_VOWEL.sub(r"\2\1", spelt):
        weight = _WEIGHTS[char]
        if weight == "":
            letters.append(char)
            marks.append("")
        elif weight and marks:
            marks[-1] += weight
    return "".join(letters).translate(_LETTER_PLACE), tuple(marks)


def thai_first(letters: str) -> str:
    """Letters from `word_order` with all other alphabets after the Thai one; digits stay first."""
    return "".join(
        _BEHIND_THAI + char if char.isalpha() and not is_thai(char) else char for char in letters
    )


def is_thai(char: str) -> bool:
    """Is it a Thai letter, mark, digit or sign."""
    return "\u0e01" <= char <= "\u0e5b"


def looks_thai(text: str) -> bool:
    """Does it read as Thai, rather than as other bytes taken for Windows-874, which nearly all fit.

    Thai makes up nine tenths of what is not ASCII, in runs, with marks where marks can stand.
    """
    letters = sum(map(is_thai, text))
    foreign = sum(char > "\x7f" for char in text) - letters
    in_runs = sum(map(len, _RUN.findall(text)))
    return (
        letters >= 3
        and foreign <= letters / 10
        and in_runs >= letters * 0.6
        and len(_MISPLACED.findall(text)) <= letters / 50
    )


def _has_any(chars: str, text: str) -> bool:
    # a tenth of what `re` takes to look through Thai for a set of characters
    return any(map(text.__contains__, chars))


def _sorted_marks(run: str, first: re.Pattern[str]) -> str:
    return "".join(first.findall(run)) + first.sub("", run)


class _Weights(dict[str, str | None]):
    """What a character weighs as a mark on the letter before it; "" of a letter, None of others."""

    def __missing__(self, char: str) -> str | None:
        is_other = char in "ฯๆ" or unicodedata.category(char)[0] in _NOT_COUNTED
        is_accent = unicodedata.combining(char) and not is_thai(char)
        weight = _MARK_WEIGHT.get(char) or (char if is_accent else None if is_other else "")
        self[char] = weight
        return weight


_WEIGHTS = _Weights()
