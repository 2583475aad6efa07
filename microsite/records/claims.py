"""Claims: words in which selling food or goods promises health, or praises beyond what is allowed.

Thailand's Food Act B.E. 2522, sections 40 and 41, and the notice of its FDA on advertising food,
B.E. 2564, whose annexes list words: what food does for the body needs a permit before it is
advertised, and some words never get one. Section 88 of the Drug Act B.E. 2510 is why healing is
claimed for medicines alone. A list of words cannot know what is meant, so these are warnings.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from microsite.language.thai import without_zero_width


class Claim(Struct, frozen=True):
    """A claim as typed: `width` characters from `start` on."""

    typed: str
    start: int
    width: int
    is_healing: bool  # of an illness, which goods may claim no more than food


# An illness is named or healed. Behind `(?<!` and `(?!`: what makes of it a word for something
# else, such as เก็บรักษา (to store) or รักษาความสะอาด (to keep clean).
_HEALING_THAI = (
    "(?<!เก็บ)(?<!ดูแล)(?<!บำรุง)(?<!พิทักษ์)(?<!ปก)รักษา"
    "(?!ความ|คุณภาพ|อุณหภูมิ|รสชาติ|รสสัมผัส|สภาพ|สภาวะ|มาตรฐาน|สิ่งแวดล้อม|ป่า|ทะเล|ศีล|ราคา|กลิ่น"
    "|สี|ระดับ|ไว้|ประเพณี|วัฒนธรรม|ธรรมชาติ|เอกลักษณ์|ภูมิปัญญา|ดิน|น้ำ|พันธุ์|สมดุล|รูป|ทรง|เนื้อ|ลาย"
    "|หญ้า|หาด|แหล่ง|อาชีพ|เมล็ด|ของเดิม|วิถี|ฐาน|เวลา|คำพูด|สัญญา|ตัว|การ|มรดก)",
    "(?:ป้องกัน|ต้าน|บำบัด|แก้|หาย(?:จาก)?)โรค(?!พืช|แมลง|ระบาด|ข้าว|กุ้ง|ปลา|สัตว์|วัว|โค)",
    "(?:ต้าน)?มะเร็ง",
    "(?<!รส)(?:โรค)?เบาหวาน",
    "(?:โรค)?ความดันโลหิต(?:สูง)?",
    "ลดความดัน(?!น้ำ|ไอน้ำ|ใน(?:หม้อ|ถัง))",
    "โรค(?:หัวใจ|ไต|ตับ|ข้อ|กระเพาะ|เก๊าท์|เก๊าต์|เกาต์)",
    "อัมพ(?:ฤกษ์|ฤกต์|าต)",
    "(?:ต้าน|ฆ่า)(?:ไวรัส|เชื้อไวรัส)",
    "บรรเทา(?:อาการ|ปวด|โรค)?",
    "แก้(?:ปวด|ไอ(?!น้ำ|ซ์|ศ)|อาการ|ท้อง(?:อืด|เสีย|ผูก|เฟ้อ)|อักเสบ|ช้ำใน|กรดไหลย้อน)",
    "ลดอาการ",
    "สมานแผล",
    "หายขาด",
)
_HEALING_ENGLISH = (
    r"cures",  # not `cure` and `cured`, which is what salt does to fish
    r"cure (?:for|any|all|every|your)",
    r"(?:cure|treat|prevent|fight)(?:s|ing)? (?:\w+ )?(?:diseases?|illness(?:es)?|cancers?"
    r"|diabetes|infections?|colds?|flu|pains?|aches?)",
    r"heal(?:s|ing)",  # not `heal`, since `health` and its like are looked for below
    r"cancers?",
    r"diabet(?:es|ics?)",
    r"(?:high )?blood pressure",
    r"(?:pain|headache|cough) relief",
    r"relieves? (?:\w+ )?(?:pains?|aches?|symptoms?|coughs?|fever|cramps?|swelling|itching)",
    r"antiviral|anti-?inflammatory",
    r"medicinal|remed(?:y|ies)",
)
# What food does for the body, and praise that the notice lists.
_FOOD_THAI = (
    "(?<!ทะนุ)(?<!ทำนุ)(?<!ค่า)(?<!ซ่อม)บำรุง"
    "(?!รักษา|ดิน|ต้น|ป่า|วัด|พันธุ์|ศาสนา|ราก|ใบ|ดอก|แปลง|สวน|เครื่อง|เรือ|พืช|สัตว์)",
    "ลด(?:น้ำหนัก|ความอ้วน|ไขมัน|คอเลสเตอรอล|น้ำตาลในเลือด)",
    "(?:สลาย|ดัก|เผาผลาญ)ไขมัน",
    "คุมน้ำหนัก",
    "กระชับสัดส่วน",
    "ดีท็อก(?:ซ์|ส์)",
    "ล้าง(?:สาร)?พิษ(?!ตกค้าง)",
    "ขับ(?:สารพิษ|ปัสสาวะ|ลม)",
    "ภูมิ(?:คุ้มกัน|ต้านทาน)",
    "อนุมูลอิสระ",
    "ชะลอ(?:วัย|ความแก่|ความชรา)",
    "อายุวัฒนะ",
    "เสริมสมรรถภาพ|สมรรถภาพทางเพศ",
    "(?:เสริม|เพิ่ม)(?:ความจำ|ภูมิ|น้ำนม)",
    "สรรพคุณ",
    "เห็นผล(?:เร็ว|ทันที|ชัด|จริง|ใน)",
    "(?:ไม่มี|ไร้)ผลข้างเคียง",
    "ศักดิ์สิทธิ์|มหัศจรรย์|ปาฏิหาริย์",
    "วิเศษ(?!ชัยชาญ|ณ์)",
    "(?:ดี|ชั้น|ล้ำ|เป็น)เลิศ(?!ทาง)",
    "สุดยอด|ยอดเยี่ยม",
    "(?<!เวลาที่)(?<!ช่วงที่)(?<!เดือนที่)(?<!ทางที่)(?<!วิธีที่)ดีที่สุด(?!ก่อน|ภายใน|เมื่อ|ตอน|คือ|ของปี)",
    "(?:ปลอดภัย|ธรรมชาติ|ได้ผล|บริสุทธิ์)(?:แท้)? ?(?:100|๑๐๐|ร้อย) ?(?:%|เปอร์เซ็นต์)",
    "อย\\. ?รับรอง",
)
_FOOD_ENGLISH = (
    r"los(?:e|es|ing) weight|weight[- ]loss|slimming",
    r"burn(?:s|ing)? fat|fat[- ]burning",
    r"detox\w*",
    r"anti-?age?ing",
    r"antioxidants?",
    r"immun(?:e|ity)(?: system)?",
    r"(?:lower|reduce|cut)s? (?:\w+ )?cholesterol",
    r"good for (?:\w+ )?(?:health|skin|heart|eyes|bones|brain|digestion)",
    r"health benefits?|healthiest",
    r"superfoods?",
    r"miracles?|miraculous|magical",
    r"side effects?",
    r"the (?:very )?best (?:in|of all|on earth|you)",
    r"best (?:quality|in the world|in thailand)",
    r"world'?s best",
    r"100 ?% (?:safe|natural|pure|effective)",
    r"(?:approved|certified) by the (?:thai )?fda|fda[- ](?:approved|certified)",
)
# Saying that it is no medicine is no claim; labels must say so.
_DISCLAIMED = re.compile(
    "ไม่มีผลในการ[ก-๙ ]{0,40}?รักษาโรค|ไม่ใช่ยา(?:รักษาโรค)?"
    r"|(?:not|no) (?:intended|meant) to (?:diagnose|treat|cure|prevent)[^.\n]{0,80}",
    re.IGNORECASE,
)
# The first letters of all words above: looking for these first takes a sixth of the time.
_THAI_FIRST = "กขคฆชดตธบปภมยรลวศสหอเแโไ"
_ENGLISH_FIRST = "1abcdfghilmprstw"
_BEHIND = re.compile(r"(\(\?<![^)]*\))")
# The ways in which ้ำ and ำ get typed; all look alike.
_SPELT = {
    "\u0e49\u0e33": "(?:\u0e49\u0e33|\u0e33\u0e49|\u0e4d\u0e49\u0e32|\u0e49\u0e4d\u0e32)",
    "\u0e33": "(?:\u0e33|\u0e4d\u0e32)",
}
_AM = re.compile("|".join(_SPELT))


def _any_piece(pieces: str) -> re.Pattern[str]:
    """Any of the pieces: `re` is twice as fast where no two choices begin alike."""
    alike = groupby(sorted(pieces.split("|")), key=lambda piece: piece[0])
    choices = (f"{first}(?:{'|'.join(one[1:] for one in of)})" for first, of in alike)
    return re.compile("|".join(choices))


# A piece of each word above: a text without any has no claim, which most are told by in a fifth of
# the time. None has an ำ, since that may be typed otherwise.
_THAI_PIECES = _any_piece(
    "รักษา|โรค|มะเร็ง|เบาหวาน|ความดัน|อัมพ|ไวรัส|บรรเทา|แก้|ลดอาการ|สมานแผล|หายขาด"
    "|รุง|หนัก|ความอ้วน|ไขมัน|คอเลสเตอรอล|ในเลือด|สัดส่วน|ดีท็อก|พิษ|ขับ|คุ้มกัน|ต้านทาน|อนุมูล|ชะลอ"
    "|วัฒนะ|สมรรถภาพ|เสริม|เพิ่ม|สรรพคุณ|เห็นผล|ผลข้างเคียง|ศักดิ์สิทธิ์|มหัศจรรย์|ปาฏิหาริย์|วิเศษ"
    "|เลิศ|สุดยอด|ยอดเยี่ยม|ดีที่สุด|100|๑๐๐|ร้อย|รับรอง"
)
_ENGLISH_PIECES = _any_piece(
    "cure|treat|prevent|fight|heal|cancer|diabet|anti|medicinal|remed|weight|slimming|burn|detox"
    "|immun|cholesterol|blood pressure|relie|good for|superfood|mirac|magical|side effect|best|100"
    "|fda"
)


def claims_in(text: str, *, is_food: bool) -> Iterator[Claim]:
    """The claims in a text, from its beginning on; those of healing alone where it is not food."""
    if not may_claim(text):
        return
    # Invisible characters between letters would hide a word.
    plain = without_zero_width(text)
    shown: Sequence[int] = range(len(text))
    if len(plain) < len(text):
        shown = [at for at, char in enumerate(text) if without_zero_width(char)]
    plain = _DISCLAIMED.sub(lambda found: "\n" * len(found[0]), plain)
    for found in _claims(is_food).finditer(plain):
        start, end = shown[found.start()], shown[found.end() - 1] + 1
        yield Claim(found[0], start, end - start, found.lastgroup == "healing")


def may_claim(text: str) -> bool:
    """False where a text, or several behind each other, surely hold no claim: a quick look."""
    if text.isascii():
        return _ENGLISH_PIECES.search(text.lower()) is not None
    text = without_zero_width(text)
    if _THAI_PIECES.search(text):
        return True
    # letters that `re.IGNORECASE`, too, takes for others
    small = text.lower().replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")
    return _ENGLISH_PIECES.search(small) is not None


def _any_of(thai: Sequence[str], english: Sequence[str]) -> str:
    """Any of the words; English ones only whole, Thai ones however ำ is typed."""
    first = f"(?=[{_THAI_FIRST}])(?:{'|'.join(map(_spelt, thai))})"
    return rf"{first}|\b(?=[{_ENGLISH_FIRST}])(?:{'|'.join(english)})\b"


def _spelt(pattern: str) -> str:
    parts = _BEHIND.split(pattern)  # looking behind needs one length, so ำ stays as it is there
    parts[::2] = [_AM.sub(lambda found: _SPELT[found[0]], part) for part in parts[::2]]
    return "".join(parts)


@functools.cache  # 4 ms each, and a build that reads no text needs neither
def _claims(is_food: bool) -> re.Pattern[str]:
    healed = f"(?P<healing>{_any_of(_HEALING_THAI, _HEALING_ENGLISH)})"
    others = f"|{_any_of(_FOOD_THAI, _FOOD_ENGLISH)}" if is_food else ""
    return re.compile(healed + others, re.IGNORECASE)
