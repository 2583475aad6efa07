/**
 * Choices on a list, as its page states them: links, options and boxes that know their cards.
 *
 * @typedef {object} Choice
 * @property {string} field
 * @property {string} value "" is no choice in this field
 * @property {string} cards which, as microsite/site/filters.py writes it; "": all
 * @property {HTMLElement} element a link, an option or a box to tick
 * @property {string} name
 * @property {string} lang of a name that is borrowed from another language, or ""
 */

/**
 * All choices, in the order of the page.
 * @param {HTMLFormElement} form
 * @returns {Choice[]}
 */
export function readChoices(form) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("a[data-choose]")]);
  const found = links.map((one) => choice(one, one.dataset.choose ?? "", one.dataset.value ?? ""));
  for (const element of form.elements)
    if (element instanceof HTMLSelectElement && element.name !== "sort")
      for (const option of element.options) found.push(choice(option, element.name, option.value));
    else if (element instanceof HTMLInputElement)
      found.push(choice(element, element.name, element.value));
  return found;
}

/**
 * @param {HTMLElement} element
 * @param {string} field
 * @param {string} value
 * @returns {Choice}
 */
function choice(element, field, value) {
  const named = element instanceof HTMLInputElement ? element.closest("label") : element;
  const name = named?.querySelector("[data-name]") ?? element;
  return {
    field,
    value,
    cards: element.dataset.cards ?? "",
    element,
    name: (name.textContent ?? "").trim(),
    lang: name.getAttribute("lang") ?? "",
  };
}

/**
 * Whether a card has all of these choices.
 * @param {number} place
 * @param {Choice[]} choices
 */
export function fits(place, choices) {
  // A bit a card, four to a digit; what is left out at the end is 0.
  const has = (/** @type {string} */ cards) => parseInt(cards[place >> 2], 16) & (1 << (place & 3));
  return choices.every(({ cards }) => !cards || has(cards));
}

/**
 * Shows how many cards a choice would leave, and where it leads; without any it is not offered.
 * @param {Choice} one
 * @param {number} count
 * @param {boolean} isChosen
 * @param {string} address
 */
export function paint({ element, value, name }, count, isChosen, address) {
  const isIdle = count === 0 && !isChosen;
  if (element instanceof HTMLOptionElement) {
    element.selected = isChosen;
    element.hidden = element.disabled = isIdle;
    element.textContent = value && count ? `${name} (${count})` : name;
    return;
  }
  const around = /** @type {HTMLElement} */ (element.closest("li, label"));
  around.hidden = isIdle;
  const counted = /** @type {HTMLElement | null} */ (around.querySelector("[data-count]"));
  if (counted) {
    counted.textContent = String(count);
    counted.hidden = count === 0;
  }
  if (element instanceof HTMLInputElement) element.checked = isChosen;
  else {
    element.setAttribute("href", address);
    if (isChosen) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
  }
}

/**
 * What takes a choice back.
 * @param {Choice} one
 * @param {string} label
 * @param {string} address
 */
export function chipOf(one, label, address) {
  const chip = document.createElement("a");
  chip.className = "chips__chip";
  chip.href = address;
  chip.dataset.here = "";
  chip.setAttribute("aria-label", label);
  const name = document.createElement("span");
  name.textContent = one.name;
  if (one.lang) name.lang = one.lang;
  chip.append(name, " ✕");
  const item = document.createElement("li");
  item.append(chip);
  return item;
}
