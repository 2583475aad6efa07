"""The list of products, narrowed and sorted in place: what visitors find and can rely on."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from microsite.language.writing import sort_key

pytestmark = pytest.mark.browser

PHONE, DESK = (360, 740), (1280, 800)
TODAY = dt.date(2026, 11, 24)
each_language = pytest.mark.parametrize("language", ["th", "en"])
each_size = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])

SHOWN = """() => [...document.querySelectorAll("[data-list] .card-grid .product-card__link")]
    .map((one) => one.getAttribute("href").split("/").at(-2))"""
# What is offered besides what is chosen, with the number that stands beside it.
OFFERED = """() => {
    const found = [];
    for (const one of document.querySelectorAll("a[data-choose]"))
      if (one.dataset.value && !one.closest("li").hidden)
        found.push([one.dataset.choose, one.dataset.value,
                    Number(one.querySelector("[data-count]").textContent)]);
    for (const one of document.querySelectorAll("select:not([name=sort]) option"))
      if (one.value && !one.disabled)
        found.push([one.parentElement.name, one.value, Number(/\\((\\d+)\\)$/.exec(one.text)[1])]);
    for (const one of document.querySelectorAll(".filters__check:not([hidden])"))
      found.push([one.control.name, one.control.value,
                  Number(one.querySelector("[data-count]").textContent)]);
    return found;
}"""
CHOOSE = """([field, value]) => {
    const link = document.querySelector(`a[data-choose="${field}"][data-value="${value}"]`);
    const control = document.querySelector(`.filters__form [name="${field}"]`);
    if (link) link.click();
    else if (control.type === "checkbox") control.click();
    else {
      control.value = value;
      control.dispatchEvent(new Event("change", {bubbles: true}));
    }
}"""
STEPS = f"""() => {{
    const shown = {SHOWN}, offered = {OFFERED}, choose = {CHOOSE};
    const wrong = [];
    let steps = 0;
    const clear = () => document.querySelector("[data-chosen] [data-clear]").click();
    for (const first of offered()) {{
      clear();
      choose(first);
      for (const [field, value, count] of offered()) {{
        if (field === first[0]) continue;
        clear();
        choose(first);
        choose([field, value]);
        steps += 1;
        if (!count || shown().length !== count)
          wrong.push([...first, field, value, count, shown().length]);
      }}
    }}
    return {{steps, wrong}};
}}"""
SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts += one.value;
    }).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def open_list(browser):
    """Opens a page of a site; what goes wrong in its script fails the test."""
    contexts, trouble = [], []

    def open_page(site, path, size=DESK, **options):
        options = {"reduced_motion": "reduce", **options}
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        context.add_init_script(SHIFTS)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if said.type != "log" else None)
        page.goto(site.served + path, wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def facts(site, type):
    """What content states of every entry of a type that is on the site, by slug."""
    found = {}
    for path in sorted((site.content / "th" / type).iterdir()):
        text = path.read_text("utf-8")
        fields = yaml.safe_load(text.split("---")[1] if path.suffix == ".md" else text)
        if not fields.get("draft"):
            found[path.stem] = fields
    return found


def products(site):
    """The products with what a visitor can choose them by."""
    makers = facts(site, "enterprises")
    return {
        slug: SimpleNamespace(
            enterprise={one["enterprise"]},
            category={one["category"]},
            place={makers[one["enterprise"]]["place"]},
            kind={one.get("kind", "goods")},
            availability={one.get("availability")} - {None},
            mark={
                mark["kind"]
                for mark in one.get("marks", ())
                if "expires" not in mark or mark["expires"].year > TODAY.year
            },
            price={"known"} if lowest(one) is not None else set(),
            lowest=lowest(one),
        )
        for slug, one in facts(site, "products").items()
        if one["enterprise"] in makers
    }


def lowest(product):
    """The lower end of the price that its card shows; None where it shows none."""
    if product.get("availability") == "discontinued":
        return None
    stated = [one.get("price") for one in product.get("variants", ())] or [product.get("price")]
    digits = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789", ",")
    ends = [one["from"] if isinstance(one, dict) else one for one in stated if one is not None]
    return min((float(str(end).translate(digits).split("-")[0]) for end in ends), default=None)


def status(page):
    return page.locator("[role=status]").inner_text()


def query(page):
    return dict(parse_qsl(urlsplit(page.url).query))


# ---- narrowing


@each_language
def test_each_choice_leaves_what_content_says(open_list, sample_dist, language):
    page, known = open_list(sample_dist, f"/{language}/products/"), products(sample_dist)
    whole = page.evaluate(SHOWN)
    assert sorted(whole) == sorted(known)
    offered = page.evaluate(OFFERED)
    fields = ("category", "enterprise", "place", "kind", "availability", "mark", "price")
    stated = {(f, value) for one in known.values() for f in fields for value in getattr(one, f)}
    assert {(field, value) for field, value, _ in offered} == stated
    for field, value, count in offered:
        page.evaluate(CHOOSE, [field, value])
        fitting = [slug for slug in whole if value in getattr(known[slug], field)]
        assert page.evaluate(SHOWN) == fitting, (field, value)
        assert count == len(fitting), (field, value)
        assert query(page) == {field: value}
        page.locator("[data-chosen] [data-clear]").click()
    assert page.evaluate(SHOWN) == whole
    assert query(page) == {}


@pytest.mark.parametrize("path", ["/th/products/", "/en/categories/orchard/"])
def test_no_offered_choice_is_a_dead_end_and_every_count_is_true(open_list, sample_dist, path):
    seen = open_list(sample_dist, path).evaluate(STEPS)
    assert seen["steps"] > 10
    assert seen["wrong"] == []


def test_a_category_is_narrowed_by_what_is_in_it(open_list, sample_dist):
    page, known = open_list(sample_dist, "/th/categories/orchard/"), products(sample_dist)
    inside = {slug for slug, one in known.items() if "orchard" in one.category}
    assert set(page.evaluate(SHOWN)) == inside
    makers = {value for field, value, _ in page.evaluate(OFFERED) if field == "enterprise"}
    assert makers == {maker for slug in inside for maker in known[slug].enterprise}


def test_a_choice_takes_the_place_of_another_of_its_kind_and_goes_when_pressed_again(
    open_list, sample_dist
):
    page = open_list(sample_dist, "/th/products/")
    for maker in ("sample-fishers", "sample-weavers"):
        page.locator(f"a[data-value={maker}]").click()
        assert query(page) == {"enterprise": maker}
        current = page.locator(".makers-menu__link[aria-current]")
        assert current.get_attribute("data-value") == maker
    current.click()
    assert query(page) == {}
    assert current.count() == 0


@each_language
def test_how_many_are_left_is_said_in_the_right_number(open_list, sample_dist, language):
    page, known = open_list(sample_dist, f"/{language}/products/"), products(sample_dist)
    said = {
        n: f"{n} รายการ" if language == "th" else f"{n} item{'s' * (n != 1)}" for n in range(99)
    }
    assert status(page) == said[len(known)]
    counts = set()
    for field, value, count in page.evaluate(OFFERED):
        page.goto(f"{sample_dist.served}/{language}/products/?{field}={value}")
        assert status(page) == said[count]
        below = page.locator("[data-list] [data-total]").last.inner_text()
        assert below == said[count]
        counts.add(count)
    assert {1, 2} <= counts


# ---- what was chosen


@each_size
@each_language
def test_what_was_chosen_stands_above_the_list_and_can_be_taken_back(
    open_list, sample_dist, language, size
):
    address = f"/{language}/products/?kind=food&enterprise=sample-orchard"
    page = open_list(sample_dist, address, size)
    chips = page.locator("[data-chosen] li a")
    names = {"th": ["สวนตัวอย่าง ✕", "อาหาร ✕"], "en": ["Sample Orchard ✕", "Food ✕"]}
    assert chips.all_text_contents() == names[language]
    assert all(chip.bounding_box()["height"] >= 44 for chip in chips.all())
    chips.first.focus()
    page.keyboard.press("Enter")
    assert query(page) == {"kind": "food"}
    assert page.evaluate("document.activeElement.closest('[data-chosen] li') !== null")
    page.keyboard.press("Enter")
    assert query(page) == {}
    assert page.locator("[data-chosen]").is_hidden()
    assert page.evaluate("document.activeElement.matches('[data-list]')")


def test_the_focus_stays_on_what_was_pressed(open_list, sample_dist):
    page = open_list(sample_dist, "/en/products/")
    for target in ("a[data-value=seafood]", "a[data-value=sample-fishers]", "[name=kind]"):
        page.locator(target).focus()
        page.keyboard.press("ArrowDown" if target == "[name=kind]" else "Enter")
        assert page.evaluate(f"document.activeElement.matches('{target}')"), target
    assert len(query(page)) == 3


@each_size
@each_language
def test_an_address_that_nothing_fits_says_so_and_shows_the_way_out(
    open_list, sample_dist, language, size
):
    address = f"/{language}/products/?category=seafood&enterprise=sample-weavers"
    page = open_list(sample_dist, address, size)
    assert page.evaluate(SHOWN) == []
    said = {"th": "ไม่พบสินค้าที่ตรงกับตัวกรอง", "en": "Nothing matches"}[language]
    assert page.locator("[data-nothing]").inner_text().startswith(said)
    assert status(page).startswith("0")
    # What is chosen stays to be taken back, without a number; no heading stands over nothing.
    chosen = page.locator("[data-choose][aria-current]")
    assert chosen.count() == 2
    assert chosen.locator("[data-count]").locator("visible=true").count() == 0
    assert page.get_by_text({"th": "พื้นที่", "en": "Area"}[language], exact=True).is_hidden()
    page.locator("[data-nothing] a").click()
    assert query(page) == {}
    assert page.locator("[data-nothing]").is_hidden()
    assert len(page.evaluate(SHOWN)) == len(products(sample_dist))


def test_what_an_address_asks_for_in_vain_is_left_out(open_list, sample_dist):
    page = open_list(sample_dist, "/th/products/?enterprise=gone&colour=red&sort=luck&kind=food")
    food = {slug for slug, one in products(sample_dist).items() if "food" in one.kind}
    assert set(page.evaluate(SHOWN)) == food
    assert page.locator("[data-chosen] li").count() == 1


# ---- the address, and back


def test_the_address_opens_the_same_list_elsewhere(open_list, sample_dist):
    page = open_list(sample_dist, "/th/products/")
    for choice in (["kind", "food"], ["category", "orchard"], ["sort", "dearest"]):
        page.evaluate(CHOOSE, choice)
    assert urlsplit(page.url).query == "category=orchard&kind=food&sort=dearest"
    other = open_list(sample_dist, "/th/products/?category=orchard&kind=food&sort=dearest", PHONE)
    assert other.evaluate(SHOWN) == page.evaluate(SHOWN)
    assert other.locator("[name=kind]").input_value() == "food"
    assert other.locator("[name=sort]").input_value() == "dearest"


def test_a_link_of_a_choice_leads_to_the_list_that_pressing_it_shows(open_list, sample_dist):
    page = open_list(sample_dist, "/th/products/?kind=food")
    link = page.locator("a[data-value=seafood]")
    led = open_list(sample_dist, link.get_attribute("href"))
    link.click()
    assert led.evaluate(SHOWN) == page.evaluate(SHOWN)


@each_language
def test_the_other_language_shows_the_same_list(open_list, sample_dist, language):
    page = open_list(sample_dist, f"/{language}/products/?kind=food&sort=name")
    asked = {"kind": "food", "sort": "name"}
    for field, value in (("place", "imagined-bay"), ("enterprise", "sample-fishers")):
        page.evaluate(CHOOSE, [field, value])
        asked[field] = value
    left = set(page.evaluate(SHOWN))
    page.locator(".languages a").first.click()
    page.wait_for_url(f"**/{'en' if language == 'th' else 'th'}/products/**")
    assert query(page) == asked
    assert set(page.evaluate(SHOWN)) == left
    page.locator("[data-chosen] [data-clear]").click()
    assert query(page) == {"sort": "name"}
    assert page.locator(".languages a").first.get_attribute("href").endswith("/products/?sort=name")


@each_language
def test_a_price_that_is_known_is_shown_even_while_there_is_nothing_to_buy(
    open_list, sample_dist, language
):
    page = open_list(sample_dist, f"/{language}/products/")
    stated = facts(sample_dist, "products")
    out = [
        slug
        for slug in products(sample_dist)
        if stated[slug].get("availability") == "out-of-stock" and lowest(stated[slug]) is not None
    ]
    assert out
    for slug in out:
        card = page.locator(f".product-card:has(a[href$='/{slug}/'])")
        assert card.locator(".price__amount").is_visible()
        assert card.locator(".availability").is_visible()


def test_back_undoes_one_choice_after_the_other(open_list, sample_dist):
    page, seen = open_list(sample_dist, "/th/products/"), []
    for choice in (["kind", "food"], ["enterprise", "sample-orchard"], ["price", "known"]):
        seen.append(page.evaluate(SHOWN))
        page.evaluate(CHOOSE, choice)
    page.evaluate(CHOOSE, ["sort", "cheapest"])  # an order is no step of its own
    while seen:
        page.go_back()
        assert page.evaluate(SHOWN) == seen.pop()
    assert page.locator("[name=kind]").input_value() == ""
    assert not page.locator("[name=price]").is_checked()
    page.go_forward()
    assert query(page) == {"kind": "food"}
    assert page.locator("[name=kind]").input_value() == "food"


@each_size
def test_back_from_a_product_shows_the_list_as_it_was_left(open_list, sample_dist, size):
    page = open_list(sample_dist, "/th/products/", size)
    for choice in (["kind", "food"], ["price", "known"], ["sort", "name"]):
        page.evaluate(CHOOSE, choice)
    left = page.evaluate(SHOWN)
    page.locator(".product-card__link").nth(3).click()
    page.wait_for_url("**/products/*/")
    page.go_back(wait_until="load")
    assert page.evaluate(SHOWN) == left
    assert page.locator("[name=kind]").input_value() == "food"
    assert page.locator("[name=price]").is_checked()
    assert page.locator("[name=sort]").input_value() == "name"


# ---- sorting


@each_language
def test_names_stand_in_the_order_of_the_language(open_list, sample_dist, language):
    page = open_list(sample_dist, f"/{language}/products/")
    page.locator("[name=sort]").select_option("name")
    names = page.locator("[data-list] .product-card__link").all_inner_texts()
    assert len(names) > 10
    assert names == sorted(names, key=lambda name: sort_key(name, language))
    assert query(page) == {"sort": "name"}


@pytest.mark.parametrize(("order", "sign"), [("cheapest", 1), ("dearest", -1)])
def test_prices_rise_or_fall_and_what_has_none_comes_last(open_list, sample_dist, order, sign):
    page, known = open_list(sample_dist, "/en/products/"), products(sample_dist)
    page.locator("[name=sort]").select_option(order)
    prices = [known[slug].lowest for slug in page.evaluate(SHOWN)]
    stated = [price for price in prices if price is not None]
    assert stated == sorted(stated, key=lambda price: sign * price)
    assert prices == stated + [None] * (len(prices) - len(stated))
    assert len(stated) < len(prices)


def test_the_newest_come_first(open_list, sample_dist):
    page = open_list(sample_dist, "/en/products/")
    page.locator("[name=sort]").select_option("newest")
    stated = facts(sample_dist, "products")
    dated = [slug for slug, one in stated.items() if "publish_date" in one]
    assert page.evaluate(SHOWN)[: len(dated)] == dated


def test_an_order_or_choice_that_needs_what_nobody_knows_is_not_offered(open_list, real_dist):
    page = open_list(real_dist, "/th/products/")
    orders = page.locator("[name=sort] option").evaluate_all("(all) => all.map((one) => one.value)")
    assert orders == ["", "name"]
    fields = {field for field, _, _ in page.evaluate(OFFERED)}
    assert fields == {"category", "enterprise", "place", "kind"}
    assert page.locator("[name=mark], [name=price]").count() == 0


# ---- how it looks and wakes


def test_on_a_phone_the_first_products_are_on_the_first_screen(open_list, real_dist):
    page = open_list(real_dist, "/th/products/", PHONE)
    assert page.locator(".filters").get_attribute("open") is None
    assert page.locator(".product-card").first.bounding_box()["y"] < 480


def test_on_a_phone_filters_unfold_and_lead_back_to_the_list(open_list, sample_dist):
    page = open_list(sample_dist, "/th/products/", PHONE)
    page.locator(".filters__title").click()
    page.locator("[name=kind]").select_option("food")
    assert page.locator(".filters__end [data-total]").inner_text() == status(page)
    page.locator("[data-done]").click()
    assert page.locator("[name=kind]").is_hidden()
    assert page.evaluate("document.activeElement.matches('[data-list]')")


def test_on_a_desk_all_filters_stand_beside_the_list(open_list, sample_dist):
    page = open_list(sample_dist, "/th/products/")
    for name in ("sort", "kind", "availability", "mark", "price"):
        assert page.locator(f"[name={name}]").is_visible(), name
    side, main = (page.locator(f".listing__{part}").bounding_box() for part in ("side", "main"))
    assert side["width"] == 260
    assert side["x"] + side["width"] < main["x"]


@each_size
def test_nothing_moves_when_the_filters_wake(open_list, sample_dist, size):
    page = open_list(sample_dist, "/th/products/", size)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") == 0


@pytest.mark.parametrize(("size", "colours"), [(PHONE, "light"), (DESK, "dark")])
def test_filters_at_work_are_open_to_everyone(open_list, sample_dist, size, colours):
    page = open_list(sample_dist, "/th/products/?kind=food", size, color_scheme=colours)
    page.evaluate("document.querySelector('.filters').open = true")
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options)
    assert found.violations_count == 0, found.generate_report()


def test_filters_at_work_fit_a_narrow_screen_with_large_letters(open_list, sample_dist):
    address = "/en/products/?kind=food&enterprise=sample-orchard&price=known"
    page = open_list(sample_dist, address, (320, 640))
    page.evaluate("document.querySelector('.filters').open = true")
    for letters in ("100%", "200%"):
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", letters)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, letters


@each_size
def test_without_a_script_the_list_and_its_links_are_there_and_no_idle_control(
    open_list, sample_dist, size
):
    page = open_list(sample_dist, "/th/products/?kind=food", size, java_script_enabled=False)
    links = page.locator("[data-list] .product-card__link")
    assert links.count() == len(products(sample_dist))
    assert (
        page.locator("select, input[type=checkbox], [data-done]").locator("visible=true").count()
        == 0
    )
    for one in page.locator(".chips__chip, .makers-menu__link").all():
        assert "?" not in one.get_attribute("href")
    if size == PHONE:
        page.locator(".filters__title").click()
    assert page.locator(".makers-menu__link").first.is_visible()
    for place in {value for one in products(sample_dist).values() for value in one.place}:
        link = page.locator(f".makers-menu__link[href$='/places/{place}/']")
        assert link.is_visible()
        there = sum(place in one.place for one in products(sample_dist).values())
        assert link.inner_text().split()[-1] == str(there)
