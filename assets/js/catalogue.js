/**
 * Narrows and sorts a list of products that is whole on its page; the address says how.
 * Markup: templates/parts/filters.html, chips.html, makers-menu.html
 */
import { chipOf, fits, paint, readChoices } from "./choices.js";

/** @typedef {import("./choices.js").Choice} Choice */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".filters__form"));
const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-list]"));
const grid = list?.querySelector(".card-grid");
const chosenBox = /** @type {HTMLElement | null} */ (list?.querySelector("[data-chosen]"));
if (form && list && grid && chosenBox) start(form, list, grid, chosenBox);

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} list what follows the choices
 * @param {Element} grid the cards in it
 * @param {HTMLElement} chosenBox what was chosen, and the words of it
 */
function start(form, list, grid, chosenBox) {
  const cards = [...grid.children];
  const choices = readChoices(form);
  const sort = /** @type {HTMLSelectElement} */ (form.elements.namedItem("sort"));
  const orders = new Map([...sort.options].map((one) => [one.value, one.dataset.cards ?? ""]));
  const chips = /** @type {Element} */ (chosenBox.querySelector("ul"));
  const nothing = /** @type {HTMLElement} */ (list.querySelector("[data-nothing]"));
  const fold = /** @type {HTMLDetailsElement} */ (form.closest("details"));
  const wide = matchMedia("(min-width: 62rem)");
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const otherLanguages = document.querySelectorAll(".languages a");

  /** @param {string} name */
  const asked = (name) => new URLSearchParams(location.search).get(name) ?? "";
  const chosenNow = () => choices.filter((one) => one.value && one.value === asked(one.field));

  /**
   * The address of a choice, in the order of the page.
   * @param {Choice[]} chosen
   */
  function addressOf(chosen) {
    const ordered = choices.filter((one) => one.value && chosen.includes(one));
    const query = new URLSearchParams(ordered.map((one) => [one.field, one.value]));
    if (sort.value) query.set("sort", sort.value);
    const typed = String(query);
    return typed ? `${location.pathname}?${typed}` : location.pathname;
  }

  /**
   * What is chosen after one more choice, which takes the place of another of its field, or its
   * own back.
   * @param {Choice[]} chosen
   * @param {Choice} one
   */
  function after(chosen, one) {
    const others = chosen.filter((other) => other.field !== one.field);
    return chosen.includes(one) ? others : [...others, one];
  }

  /** Shows what the address asks for, as far as it can be chosen here. */
  function show() {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const chip = [...chips.querySelectorAll("a")].findIndex((one) => one === focused);
    const chosen = chosenNow();
    sort.value = orders.has(asked("sort")) ? asked("sort") : "";

    const order = (orders.get(sort.value) ?? "").match(/../g); // two digits a card
    const places = order ? order.map((place) => parseInt(place, 16)) : [...cards.keys()];
    const shown = places.filter((place) => fits(place, chosen));
    const wanted = shown.map((place) => cards[place]);
    const isShown = wanted.every((card, at) => card === grid.children[at]);
    if (!isShown || wanted.length !== grid.children.length) grid.replaceChildren(...wanted);

    for (const one of choices) {
      const others = chosen.filter((other) => other.field !== one.field);
      const count = cards.filter((_, place) => fits(place, [...others, one])).length;
      const isChosen = one.value ? chosen.includes(one) : others.length === chosen.length;
      paint(one, count, isChosen, addressOf(after(chosen, one)));
    }
    const { counts = "", formOf = "", remove = "" } = chosenBox.dataset;
    const back = chosen.map((one) =>
      chipOf(one, remove.replace("{name}", one.name), addressOf(after(chosen, one))),
    );
    chips.replaceChildren(...back);
    for (const link of list.querySelectorAll("a[data-clear]"))
      link.setAttribute("href", addressOf([]));
    for (const link of otherLanguages) link.search = addressOf(chosen).split("?")[1] ?? "";
    chosenBox.hidden = chosen.length === 0;
    nothing.hidden = shown.length > 0;
    const said = counts.split("|")[Number(formOf[shown.length])];
    for (const total of document.querySelectorAll("[data-total]"))
      total.textContent = said.replace("{count}", String(shown.length));
    keepFocus(focused, chips.querySelectorAll("a")[Math.min(chip, chosen.length - 1)]);
  }

  /**
   * Focus stays where it was; where that is gone, it goes to its neighbour or the list.
   * @param {HTMLElement | null} focused
   * @param {HTMLElement | undefined} neighbour
   */
  function keepFocus(focused, neighbour) {
    if (!focused || focused === document.body) return;
    const isThere = focused.isConnected && focused.getClientRects().length > 0;
    const at = isThere ? focused : (neighbour ?? list);
    if (at !== document.activeElement) at.focus({ preventScroll: true });
  }

  /** @param {string} address */
  function go(address) {
    if (address !== location.pathname + location.search) history.pushState(null, "", address);
    show();
  }

  document.addEventListener("click", (event) => {
    const pressed = /** @type {Element} */ (event.target);
    const link = pressed.closest("a[data-choose], a[data-here]");
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || opensElsewhere || event.button !== 0) return;
    event.preventDefault();
    go(link.getAttribute("href") ?? "");
  });
  form.addEventListener("change", ({ target }) => {
    if (target === sort) {
      history.replaceState(null, "", addressOf(chosenNow()));
      show();
      return;
    }
    const changed = /** @type {HTMLSelectElement | HTMLInputElement} */ (target);
    const isOff = changed instanceof HTMLInputElement && !changed.checked;
    const made = choices.filter(
      (one) => one.field === changed.name && one.value === changed.value && !isOff,
    );
    go(addressOf([...chosenNow().filter((one) => one.field !== changed.name), ...made]));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[data-done]")?.addEventListener("click", () => {
    fold.open = false;
    list.focus();
  });
  addEventListener("popstate", show);
  addEventListener("pageshow", show); // the browser may have filled the form in anew

  for (const one of document.querySelectorAll("[data-awake]")) one.removeAttribute("hidden");
  for (const one of document.querySelectorAll("[data-asleep]")) one.setAttribute("hidden", "");
  const unfold = () => {
    fold.open = wide.matches;
  };
  wide.addEventListener("change", unfold);
  unfold();
  show();
}
