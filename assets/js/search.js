/* Results as one types. Markup: templates/search.html */

import { openIndex } from "./search-index.js";
import { behindMarks, excerpt, NAME, SUMMARY } from "./search-match.js";

const PORTION = 12; // results; more at a press of the button
const PAUSE = 300; // ms; who types on does not need more than the first results
const SOON = 150; // ms; what comes within needs no word that it is on its way
const ECHO = 60; // letters of what was typed
const page = document.querySelector(".search");
if (page) begin(page);

/** @param {HTMLElement} page */
function begin(page) {
  const field = page.querySelector("input");
  const [list, status, more, nothing, ways] = [
    "#results",
    ".search__status",
    ".search__more",
    ".search__nothing",
    ".search__ways",
  ].map((part) => page.querySelector(part));
  const pattern = document.querySelector("#hit").content;
  const say = page.dataset;
  let opening;
  let turn = 0; // an older search stops when a newer has begun
  let shown = PORTION;

  const open = () =>
    (opening ??= openIndex(say.index).catch((error) => {
      opening = undefined;
      throw error;
    }));

  async function search() {
    const typed = field.value.trim();
    const mine = ++turn;
    if (!typed) {
      remember(typed);
      return show([], 0, true, "", null);
    }
    const wait = setTimeout(() => {
      if (mine !== turn) return;
      nothing.hidden = true;
      status.textContent = say.wait;
    }, SOON);
    try {
      const index = await open();
      if (mine !== turn) return undefined;
      let mayPause = !index.isWhole && shown === PORTION;
      const goesOn = async (some) => {
        if (some && mayPause) {
          mayPause = false;
          await new Promise((done) => setTimeout(done, PAUSE));
        }
        return mine === turn;
      };
      const hits = index.hitsOf(typed, goesOn);
      const found = [];
      let isDone = false;
      while (!isDone && found.length <= shown) {
        const next = await hits.next();
        if (mine !== turn) return undefined;
        isDone = next.done;
        const drawn = found.length;
        found.push(...(next.value ?? []));
        clearTimeout(wait);
        show(found, drawn, isDone, typed, index);
        if (!drawn) remember(typed);
      }
      say.shows = typed; // all that there will be
    } catch {
      opening = undefined; // the next key tries again: a newer index may name other files
      if (mine !== turn) return undefined;
      status.textContent = say.failed;
      ways.hidden = false;
      remember(typed);
    } finally {
      clearTimeout(wait);
    }
    return undefined;
  }

  /** @param {number} drawn how many of what was found are on the page */
  function show(found, drawn, isDone, typed, index) {
    const items = found.slice(drawn, shown).map((hit) => shownHit(hit, index));
    if (drawn) list.append(...items);
    else list.replaceChildren(...items);
    more.hidden = found.length <= shown;
    const isEmpty = isDone && !found.length;
    nothing.hidden = !(isEmpty && typed);
    ways.hidden = !isEmpty;
    const isOver = !isDone && found.length > shown;
    const count = (isOver ? shown : found.length).toLocaleString(document.documentElement.lang);
    const said = isDone ? say.count : isOver ? say.over : say.some;
    status.textContent = !typed
      ? ""
      : isEmpty
        ? say.none.replace("{typed}", () => echoed(typed))
        : said.replace("{count}", count);
  }

  function echoed(typed) {
    return typed.length > ECHO ? `${typed.slice(0, behindMarks(typed, ECHO))}…` : typed;
  }

  function shownHit({ entry, query, finds }, { home, kinds, labels }) {
    const item = pattern.cloneNode(true);
    const part = (name) => item.querySelector(`.hit__${name}`);
    const [path, kind, flag, name, , maker, summary] = entry.card;
    const worst = finds.reduce((a, b) => (b.rank > a.rank ? b : a)).field;
    const drawn = document.getElementById(`flag-${flag}`) ? flag : "default";
    part("flag").classList.add(`flag--${drawn}`);
    part("flag").firstElementChild.setAttribute("href", `#flag-${drawn}`);
    part("link").href = home + path;
    write(part("link"), name, query);
    part("kind").textContent = kinds[kind];
    if (maker.length) write(part("maker"), maker);
    else part("maker").remove();
    const label =
      worst.label === NAME ? say.name : worst.label === SUMMARY ? say.summary : labels[worst.label];
    part("where").textContent = say.where.replace("{where}", () => label);
    const isNamed = worst.label === NAME && worst.words === name;
    const said = isNamed ? summary : worst.words;
    if (said.length) write(part("excerpt"), said, query);
    else part("excerpt").remove();
    return item;
  }

  /** What was looked for stands out, if a query is given. */
  function write(element, [text, language], query) {
    if (language) element.lang = language;
    const pieces = query ? excerpt([text], query) : [text];
    element.replaceChildren(
      ...pieces.map((piece, number) => {
        if (number % 2 === 0) return piece;
        const mark = document.createElement("mark");
        mark.textContent = piece;
        return mark;
      }),
    );
  }

  /** The address keeps what was typed, for the way back, for sharing and for the other language. */
  function remember(typed) {
    const asked = typed ? `?${new URLSearchParams({ q: typed })}` : "";
    history.replaceState({ ...history.state, shown }, "", location.pathname + asked);
    for (const link of document.querySelectorAll(".languages a")) link.search = asked;
  }

  field.addEventListener("focus", () => open().catch(() => {}), { once: true });
  field.addEventListener("input", () => {
    shown = PORTION;
    search();
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    field.blur(); // puts the keyboard of a phone away
    search();
  });
  more.addEventListener("click", async () => {
    const first = shown;
    shown += PORTION;
    await search();
    list.children[first]?.querySelector("a").focus();
  });
  addEventListener("pagehide", () => history.replaceState({ ...history.state, y: scrollY }, ""));

  // A page that comes back from the browser's memory is as it was; one that is loaded anew is not.
  const { shown: before, y } = history.state ?? {};
  field.value ||= (new URLSearchParams(location.search).get("q") ?? "").slice(0, field.maxLength);
  shown = before ?? PORTION;
  status.textContent = ""; // it said that this script is not there
  ways.hidden = Boolean(field.value); // else they would be seen to move when something comes above
  if (field.value) search().then(() => y && scrollTo(0, y));
  else if (matchMedia("(min-width: 48rem)").matches) field.focus();
}
