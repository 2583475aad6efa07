/* What tests and audit measure on a page: each answers with what is wrong, mostly an empty list.
   Injected before the page's own scripts; changes nothing until it is asked. */
"use strict";

globalThis.measures = (() => {
  const root = () => document.documentElement;
  const called = (one) => {
    const words = (one.textContent ?? "").trim().slice(0, 40);
    return `${one.tagName.toLowerCase()}.${one.getAttribute("class") ?? ""} ${words}`.trim();
  };
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const around = function* (one) {
    for (let at = one; at && at !== root(); at = at.parentElement) yield at;
  };
  const isAbove = (one) =>
    [...around(one)].some((at) => ["sticky", "fixed"].includes(getComputedStyle(at).position));

  // ---- while the page loads

  let shifts = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) shifts += one.value;
  }).observe({ type: "layout-shift", buffered: true });

  /** How far things moved on their own: Cumulative Layout Shift, without its windows of time. */
  const shifted = () => shifts;

  /** Down to the end and back, until every picture has come. */
  const scrollThrough = async () => {
    for (let y = 0; y < root().scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await new Promise((done) => requestAnimationFrame(done));
    }
    await Promise.all([...document.images].map((one) => one.decode().catch(() => {})));
    scrollTo(0, 0);
  };

  // ---- room

  /** What stands out to the side, and how wide the page is then. */
  const overflow = () => {
    if (root().scrollWidth <= root().clientWidth) return [];
    const scrolls = (one) =>
      one !== document.body && getComputedStyle(one).overflowX !== "visible";
    const inScroller = (one) => one && (scrolls(one) || inScroller(one.parentElement));
    return [...document.querySelectorAll("body *")]
      .filter((one) => one.getBoundingClientRect().right > root().clientWidth + 1)
      .filter((one) => !inScroller(one.parentElement))
      .map(called)
      .concat(root().scrollWidth);
  };

  /** Headings of which a part cannot be seen. */
  const cutHeadings = () =>
    [...document.querySelectorAll("h1, h2, h3")]
      .filter((one) => one.clientHeight && one.scrollHeight > one.clientHeight + 1)
      .map(called);

  const texts = function* () {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const one = walker.currentNode;
      if (one.data.trim() && isShown(one.parentElement)) yield one;
    }
  };

  /** Numbers that a line cuts: ฿15 and, below it, 0. */
  const cutNumbers = () =>
    [...texts()].flatMap((one) =>
      [...one.data.matchAll(/[0-9]+(?:[.,][0-9]+)*/g)]
        .filter((found) => {
          const range = document.createRange();
          range.setStart(one, found.index);
          range.setEnd(one, found.index + found[0].length);
          return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
        })
        .map((found) => `${called(one.parentElement)}: ${found[0]}`),
    );

  /** Spaces between words and elements that a flex box or grid drops: โทร02. */
  const swallowed = () =>
    [...texts()]
      .filter((one) => /flex|grid/.test(getComputedStyle(one.parentElement).display))
      .filter((one) => (/^\s/.test(one.data) && one.previousSibling) || (/\s$/.test(one.data) && one.nextSibling))
      .map((one) => called(one.parentElement));

  /** Lines in which two marks above a Thai letter and one below it would not fit. */
  const tightLines = async () => {
    await document.fonts.ready;
    const pen = document.createElement("canvas").getContext("2d");
    const tight = [];
    for (const one of document.querySelectorAll("h1, h2, h3, main p, main li, main a")) {
      if (!/[ก-๙]/.test(one.textContent) || one.closest("[hidden]")) continue;
      const style = getComputedStyle(one);
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const ink = pen.measureText("ซื้อ ปู่");
      const height = ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent;
      if (height > parseFloat(style.lineHeight) + 0.5)
        tight.push(`${one.className || one.tagName}: ${height} in ${style.lineHeight}`);
    }
    return [...new Set(tight)];
  };

  /** Each line of each text that can be seen: its element, and the middle half of its height. */
  const lines = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const one = node.parentElement;
      if (!node.data.trim() || one.closest("svg, script, noscript, option, .skip-link")) continue;
      if (!isShown(one) || isAbove(one)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        const quarter = box.height / 4;
        const line = { one, left: box.left + 1, right: box.right - 1 };
        if (line.right > line.left)
          found.push({ ...line, top: box.top + quarter, bottom: box.bottom - quarter });
      }
    }
    return found;
  };

  /** Text that lies over other text, or beyond the edge of what hides the rest. */
  const lostText = () => {
    const lost = new Set();
    const all = lines();
    const edges = new Map();
    for (const line of all) {
      for (const at of around(line.one)) {
        if (!edges.has(at)) {
          const style = getComputedStyle(at);
          const hides = (way) => ["hidden", "clip"].includes(way);
          const box = at.getBoundingClientRect();
          edges.set(at, { box, x: hides(style.overflowX), y: hides(style.overflowY) });
        }
        const { box, x, y } = edges.get(at);
        if (x && (line.left < box.left - 1 || line.right > box.right + 1)) lost.add(called(at));
        if (y && (line.top < box.top - 1 || line.bottom > box.bottom + 1)) lost.add(called(at));
      }
    }
    all.sort((a, b) => a.top - b.top);
    all.forEach((first, n) => {
      for (let m = n + 1; m < all.length && all[m].top < first.bottom; m++) {
        const other = all[m];
        if (other.left < first.right && first.left < other.right)
          lost.add(`${called(first.one)} × ${called(other.one)}`);
      }
    });
    return [...lost];
  };

  /** Letters twice as large, or as they were. */
  const enlarge = (isLarge) => {
    if (isLarge) root().style.fontSize = "200%";
    else root().removeAttribute("style");
  };

  /** The spacing that WCAG 2.2, 1.4.12 asks a page to bear, or as it was. */
  const spread = (isSpread) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
          word-spacing: 0.16em !important; }
      p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = isSpread ? [sheet] : [];
  };

  // ---- hands and keyboard

  /** Where a press counts: the element, or what the covering ::after of a link lies over. */
  const target = (one) => {
    const cover = getComputedStyle(one, "::after");
    const covers = cover.content !== "none" && cover.position === "absolute";
    const held = [...around(one)].find((at) => getComputedStyle(at).position !== "static");
    const label = one.closest("label") ?? one.labels?.[0];
    return (covers ? held : label ?? one).getBoundingClientRect();
  };

  /** Whether it stands in a line of other text, whose height it has to keep. */
  const isInSentence = (one) => {
    if (getComputedStyle(one).display !== "inline") return false;
    const isInline = (at) => getComputedStyle(at).display === "inline";
    const words = [...around(one)].find((at) => !isInline(at)).textContent.trim();
    return words.length > one.textContent.trim().length;
  };

  /** Links and controls that are smaller than a finger needs; contacts need more. */
  const smallTargets = (least = 24, contact = 44) =>
    [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
      .filter((one) => isShown(one) && one.type !== "hidden" && !one.closest(".skip-link"))
      .filter((one) => {
        const box = target(one);
        const isContact = one.matches(".button, .channels a, .contact-bar a");
        const needed = isContact ? contact : least;
        const isSmall = box.height < needed - 0.5 || box.width < needed - 0.5;
        return isSmall && !isInSentence(one);
      })
      .map((one) => `${called(one)} ${Math.round(target(one).width)}×${Math.round(target(one).height)}`);

  const hasRing = (one) => {
    for (const at of around(one)) {
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(at, part);
        if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return true;
      }
    }
    return false;
  };

  /** What is wrong with how the focused element is seen; "" where nothing is. */
  const faultOfFocus = (one) => {
    const box = one.getBoundingClientRect();
    const isInside =
      box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0;
    if (!isInside || !box.width || getComputedStyle(one).opacity < 0.9) return "out of sight";
    if (!hasRing(one)) return "no ring";
    for (const { left, right, top, bottom } of one.getClientRects()) {
      for (const x of [left + 3, (left + right) / 2, right - 3]) {
        for (const y of [top + 3, (top + bottom) / 2, bottom - 3]) {
          const hit = document.elementFromPoint(x, y); // null outside of the window
          const isDrawing = hit?.closest("[aria-hidden='true']"); // a flag in a photo's corner
          if (hit && !isDrawing && !one.contains(hit) && !hit.contains(one)) return `covered by ${called(hit)}`;
        }
      }
    }
    return "";
  };

  let stops = [];
  const note = (event) => {
    const one = document.activeElement;
    if (event.key === "Tab" && one && one !== document.body)
      stops.push({ one, fault: faultOfFocus(one) });
  };

  /** Starts at the top; each Tab from now on notes what had the focus before it. */
  const walk = () => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
    stops = [];
    removeEventListener("keydown", note, true);
    addEventListener("keydown", note, true);
  };

  /** How many stops a whole walk has, and one to spare. */
  const stopsToMake = () => reachable().length + 1;

  const reachable = () =>
    [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
      .filter((one) => one.tabIndex >= 0 && !one.disabled && isShown(one))
      .filter((one) => one.type !== "radio" || one.checked);

  /** What the walk went past: first stop, badly seen ones, and those that it never came to. */
  const walked = () => {
    const met = new Set(stops.map(({ one }) => one));
    return {
      first: stops[0]?.one.getAttribute("href"),
      lost: stops.filter(({ fault }) => fault).map(({ one, fault }) => `${called(one)}: ${fault}`),
      missed: reachable().filter((one) => !met.has(one)).map(called),
    };
  };

  return {
    shifted, scrollThrough, overflow, cutHeadings, cutNumbers, swallowed, tightLines, lostText, enlarge, spread,
    smallTargets, walk, stopsToMake, walked,
  };
})();
