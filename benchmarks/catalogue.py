"""A made-up catalogue of any size, from a seed: the content that all contestants build."""

from __future__ import annotations

import random  # noqa: TID251 # what the generator may not; this is no part of it
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("th", "en")
Both = tuple[str, str]  # in the order of LANGUAGES

_KINDS: list[Both] = [
    ("ปลาหมึกแห้ง", "Sun-dried squid"),
    ("กะปิเคย", "Shrimp paste"),
    ("น้ำปลาแท้", "Fish sauce"),
    ("ทุเรียนทอด", "Durian chips"),
    ("น้ำผึ้งป่า", "Wild honey"),
    ("ผ้ามัดย้อม", "Tie-dyed cloth"),
    ("สบู่มะหาด", "Lakoocha soap"),
    ("เสื่อกก", "Reed mat"),
    ("กาแฟคั่ว", "Roasted coffee"),
    ("ข้าวเกรียบปลา", "Fish crackers"),
    ("กระเป๋าหนัง", "Leather bag"),
    ("ปุ๋ยมูลไส้เดือน", "Worm compost"),
]
_SORTS: list[Both] = [
    ("รสดั้งเดิม", "classic"),
    ("สูตรแม่", "mother's recipe"),
    ("ย่างถ่าน", "char-grilled"),
    ("ตากแดด", "sun-dried"),
    ("ทอมือ", "hand-woven"),
    ("ปลอดสาร", "chemical-free"),
]
_PLACES: list[Both] = [
    ("ชายหาดทราย", "Sandy Shore"),
    ("เนินเขาเขียว", "Green Hills"),
    ("ปากคลอง", "Canal Mouth"),
    ("สวนนอก", "Outer Orchards"),
    ("บ้านเหนือ", "Upper Village"),
]
_CATEGORIES: dict[str, Both] = {
    "seafood": ("อาหารทะเล", "Seafood"),
    "farm": ("จากสวน", "From the farm"),
    "crafts": ("งานฝีมือ", "Crafts"),
    "kitchen": ("จากครัว", "From the kitchen"),
    "cosmetics": ("เครื่องสำอาง", "Cosmetics"),
    "coffee": ("กาแฟ", "Coffee"),
    "cloth": ("ผ้า", "Cloth"),
    "honey": ("น้ำผึ้ง", "Honey"),
    "soap": ("สบู่", "Soap"),
    "mats": ("เสื่อ", "Mats"),
}
_SENTENCES: list[Both] = [
    ("ทำทีละน้อยในครัวของกลุ่ม", "It is made in small batches in the group's own kitchen"),
    ("วัตถุดิบมาจากในหมู่บ้าน", "What goes in comes from the village"),
    ("ตากแดดสองวันก่อนบรรจุ", "It dries in the sun for two days before packing"),
    ("เก็บได้นานในที่แห้งและเย็น", "It keeps well in a dry and cool place"),
    ("รับทำตามสั่งสำหรับงานบุญและของฝาก", "Larger amounts are made to order for feasts and gifts"),
    ("สมาชิกช่วยกันคัดทีละชิ้น", "Members sort every piece by hand"),
    ("ส่งได้ทั่วประเทศภายในสามวัน", "It is sent all over the country within three days"),
]
_UNITS: list[Both] = [
    ("ถุง 200 กรัม", "200 g bag"),
    ("ขวด 500 มล.", "500 ml bottle"),
    ("ชิ้น", "piece"),
    ("กล่อง 12 ชิ้น", "box of 12"),
]
_SITE: dict[str, Both] = {
    "name": ("ตลาดจำลอง", "A made-up market"),
    "tagline": ("ของดีจากหลายหมู่บ้าน", "Goods of many villages"),
}
_SOURCES = "[a catalogue that was made up]"


@dataclass(frozen=True, slots=True)
class Maker:
    """An enterprise."""

    slug: str
    name: Both
    place: int  # from 0
    phone: str
    body: Both


@dataclass(frozen=True, slots=True)
class Good:
    """A product."""

    slug: str
    maker: str  # slug
    category: str
    name: Both
    summary: Both
    unit: Both
    price: int  # baht
    order: int  # place in lists, from 1
    body: Both


def catalogue(products: int, seed: int = 7) -> tuple[list[Maker], list[Good]]:
    """Makers (one for about 20 products) and that many products: the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 # a catalogue, not a secret
    makers = [_maker(number, chance) for number in range(max(5, products // 20))]
    goods = [_good(number, makers[number % len(makers)], chance) for number in range(products)]
    return makers, goods


def write_site(home: Path, products: int, seed: int = 7) -> None:
    """The catalogue as the content of a site in the folder `home`."""
    makers, goods = catalogue(products, seed)
    content = home / "content"
    _put(
        content / "site.yaml",
        "format: 1\nbase_url: https://catalogue.example\nlanguages: [th, en]\n",
    )
    for at, tag in enumerate(LANGUAGES):
        _put(content / tag / "site.yaml", _lines({key: said[at] for key, said in _SITE.items()}))
        _put(content / tag / "taxonomy.yaml", _taxonomy(at))
        for maker in makers:
            _put(content / tag / "enterprises" / f"{maker.slug}.md", _maker_file(maker, at))
        for good in goods:
            _put(content / tag / "products" / f"{good.slug}.md", _good_file(good, at))


def _maker(number: int, chance: random.Random) -> Maker:
    place = number % len(_PLACES)
    there = _PLACES[place]
    return Maker(
        slug=f"maker-{number:04}",
        name=(f"กลุ่มแม่บ้าน{there[0]} {number}", f"{there[1]} housewives' group {number}"),
        place=place,
        phone=f"081-{number // 10_000:03}-{number % 10_000:04}",
        body=_body(chance, 3),
    )


def _good(number: int, maker: Maker, chance: random.Random) -> Good:
    kind, sort = chance.randrange(len(_KINDS)), chance.choice(_SORTS)
    thai, english = _KINDS[kind]
    said = chance.choice(_SENTENCES)
    return Good(
        slug=f"good-{number:05}",
        maker=maker.slug,
        category=list(_CATEGORIES)[kind % len(_CATEGORIES)],
        name=(f"{thai}{sort[0]} {number}", f"{english}, {sort[1]}, no. {number}"),
        summary=(
            f"{thai}{sort[0]} จาก{maker.name[0]} {said[0]}",
            f"By {maker.name[1]}. {said[1]}.",
        ),
        unit=chance.choice(_UNITS),
        price=chance.randrange(20, 900),
        order=number + 1,
        body=_body(chance, chance.randrange(3, 7)),
    )


def _body(chance: random.Random, paragraphs: int) -> Both:
    """Prose with a heading, a list and emphasis, about as long in either language."""
    thai, english = (
        _in_one_language([said[at] for said in _SENTENCES], word, end, chance, paragraphs)
        for at, word, end in ((0, "**สินค้า**", " "), (1, "**Goods**", ". "))
    )
    return thai, english


def _in_one_language(
    sentences: list[str], word: str, end: str, chance: random.Random, paragraphs: int
) -> str:
    parts = [
        end.join(chance.choice(sentences) for _ in range(chance.randrange(3, 8)))
        for _ in range(paragraphs)
    ]
    parts.insert(1, f"## {chance.choice(sentences)}")
    parts.append("\n".join(f"- {word} {chance.choice(sentences)}" for _ in range(4)))
    return "\n\n".join(parts) + "\n"


def _taxonomy(at: int) -> str:
    lines = ["categories:"]
    lines += [f"  {key}: {{name: {said[at]}}}" for key, said in _CATEGORIES.items()]
    lines.append("places:")
    lines += [f"  place-{number}: {{name: {said[at]}}}" for number, said in enumerate(_PLACES)]
    return "\n".join(lines) + "\n"


def _maker_file(maker: Maker, at: int) -> str:
    fields: dict[str, object] = {"name": maker.name[at], "summary": _SENTENCES[0][at]}
    if at == 0:
        fields["place"] = f"place-{maker.place}"
        fields["contact"] = f"{{phone: {maker.phone}}}"
        fields["sources"] = _SOURCES
    return _file(fields, maker.body[at])


def _good_file(good: Good, at: int) -> str:
    fields: dict[str, object] = {
        "name": f'"{good.name[at]}"',
        "summary": f'"{good.summary[at]}"',
        "unit": good.unit[at],
    }
    if at == 0:
        fields |= {
            "enterprise": good.maker,
            "category": good.category,
            "price": good.price,
            "order": good.order,
            "availability": "in-stock",
            "sources": _SOURCES,
        }
    return _file(fields, good.body[at])


def _file(fields: Mapping[str, object], body: str) -> str:
    return f"---\n{_lines(fields)}---\n{body}"


def _lines(fields: Mapping[str, object]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
