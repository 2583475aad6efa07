/**
 * Sharing: a button that copies the page's address, and one for the apps of a phone, where the
 * browser can do either. Words and buttons stand in the page, as a template.
 */

const template = document.querySelector("template[data-share]");
if (template instanceof HTMLTemplateElement) offer(template);

/** @param {HTMLTemplateElement} template */
function offer(template) {
  const url = template.dataset.share ?? location.href;
  const ways = template.content;
  const status = /** @type {HTMLElement} */ (ways.querySelector("[role=status]"));

  /** @type {Record<string, (() => Promise<void>) | false>} */
  const can = {
    copy: "clipboard" in navigator && (() => copy(url, status)),
    other: "share" in navigator && (() => share(url)),
  };
  for (const button of ways.querySelectorAll("button")) {
    const act = can[button.dataset.way ?? ""];
    if (act) button.addEventListener("click", act);
    else button.closest("li")?.remove();
  }
  template.replaceWith(ways);
}

/**
 * @param {string} url
 * @param {HTMLElement} status
 */
async function copy(url, status) {
  const done = await navigator.clipboard.writeText(url).then(
    () => true,
    () => false,
  );
  status.textContent = (done ? status.dataset.done : status.dataset.failed) ?? "";
}

/** @param {string} url */
async function share(url) {
  // A visitor who closes the list of apps has changed their mind: nothing to say.
  await navigator.share({ title: document.title, url }).catch(() => undefined);
}
