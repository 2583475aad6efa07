/* The index of a language, as microsite/publish/search_index.py writes it: what fits what was typed, best first */

import { entryOf, findsIn, queryOf, REST } from "./search-match.js";

/**
 * @typedef {import("./search-match.js").Entry} Entry
 * @typedef {import("./search-match.js").Query} Query
 * @typedef {{order: number, id: number, entry: Entry, query: Query, finds: import("./search-match.js").Find[]}} Hit
 * @typedef {{order: number, group: number, isDeep: boolean, ids: number[]}} Chance
 *   a group with entries that may be hits, by their names and summaries or deep in their texts
 * @typedef {{first: number, entries: Entry[]}} Group
 * order: what it is sorted by: its rank, or the best that it can have, then its place in the catalogue
 */

const FEW = 5; // hits; after so few, what was typed is searched loosely too
const AT_ONCE = 3; // groups
const ENOUGH = 10; // groups that are looked at while the first hit waits for a better one
const MOST_GRAMS = 4; // that are fetched for a query, about; each takes the browser 3 ms
const MOST_WORDS = 6; // that are looked up
const STEP = 1e6; // between ranks, more than there are entries
const END = 6; // letters at the end of a shard's name
const UNLISTED = /^[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]|[\ud800-\udfff]/; // as search_grams.py leaves out

/**
 * @param {string} url
 * @returns what finds the hits of what was typed, in their order and in portions as they become
 *   known; and the home page, kinds of page and labels that they name by number
 */
export async function openIndex(url) {
  const index = await fetched(url);
  const source = index.entries ? whole(index) : sharded(index);

  /**
   * @param {string} typed
   * @param {(some: boolean) => Promise<boolean>} goesOn asked before entries are fetched, told
   *   whether hits have been let go
   */
  async function* hitsOf(typed, goesOn) {
    const seen = new Set();
    for (const isLoose of [false, true]) {
      const query = queryOf(typed, isLoose);
      if (!query.words.length || seen.size >= FEW) return;
      yield* portions(source, query, seen, goesOn);
    }
  }
  const { home, kinds, labels } = index;
  return { hitsOf, home, kinds, labels, isWhole: Boolean(index.entries) };
}

/**
 * Looks where the best may be first, and lets a hit go once no other can pass it; the first do not
 * wait for ever.
 * @param {Set<number>} seen the hits so far, which grow
 */
async function* portions(source, query, seen, goesOn) {
  const inOrder = (a, b) => a.order - b.order;
  const chances = (await source.chances(query)).sort(inOrder);
  let hits = [];
  for (let at = 0; at < chances.length; ) {
    const taken = [];
    for (; at < chances.length && taken.length < AT_ONCE; at++)
      if (!chances[at].ids.every((id) => seen.has(id))) taken.push(chances[at]);
    if (!taken.length) break;
    if (!(await goesOn(seen.size > hits.length))) return;
    const coming = taken.map((chance) => source.load(chance));
    for (const one of coming) one.catch(() => {}); // it is told when its turn comes
    for (const [nth, { ids }] of taken.entries()) {
      const { first, entries } = await coming[nth];
      for (const id of ids) {
        const entry = entries[id - first];
        const found = !seen.has(id) && findsIn(entry, query);
        if (!found) continue;
        seen.add(id);
        hits.push({ ...found, order: found.rank * STEP + id, id, entry, query });
      }
      hits.sort(inOrder);
      const next = (taken[nth + 1] ?? chances[at])?.order ?? Infinity;
      const isLate = at - taken.length + nth + 1 >= ENOUGH && seen.size === hits.length;
      const settled = isLate ? hits : hits.filter((hit) => hit.order < next);
      hits = hits.slice(settled.length);
      if (settled.length) yield settled;
    }
  }
  if (hits.length) yield hits;
}

/** @param {string} url */
async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}

/** @type {(parts: any[]) => Entry} */
const fullEntry = (parts) => entryOf(parts.slice(0, -1), parts.at(-1));

/** An index that is one file: every entry is looked at. */
function whole(index) {
  const entries = index.entries.map(fullEntry);
  return {
    chances: async () => [{ order: 0, group: 0, isDeep: true, ids: [...entries.keys()] }],
    load: async () => ({ first: 0, entries }),
  };
}

/** An index in shards: only those are fetched that hold what may fit. */
function sharded({ folder, starts, grams, groups }) {
  const firsts = numbers(starts);
  const shards = grams.length / END;
  const files = new Map();

  /** @type {(kind: string, ends: string, number: number) => string} */
  const address = (kind, ends, number) =>
    `${folder}${kind}${number}-${ends.substr(number * END, END)}.json`;

  /** @type {(url: string, made: (data: any) => any) => Promise<any>} */
  const file = (url, made) => {
    if (!files.has(url)) {
      const coming = fetched(url).then(made);
      coming.catch(() => files.delete(url));
      files.set(url, coming);
    }
    return files.get(url);
  };

  /** @param {string} gram */
  function addressOf(gram) {
    let number = 0;
    for (let at = 0, chars = [...gram]; at < 3; at++)
      number = (number * 31 + (chars[at]?.codePointAt(0) ?? 0)) % shards;
    return address("grams", grams, number);
  }

  /** @type {(gram: string, isLoose: boolean) => Promise<Map<number, number>>} entries and their best place */
  async function placesOf(gram, isLoose) {
    const lists = (await file(addressOf(gram), (data) => data))[gram] ?? [];
    const places = new Map();
    for (let place = 3; place >= 0; place--)
      for (const list of isLoose ? [place + 4, place] : [place])
        for (const id of numbers(lists[list] ?? "")) places.set(id, place);
    return places;
  }

  /**
   * The grams of a word to look up: the first, and a few that are there or have to be fetched.
   * @type {(word: string, most: number) => string[]}
   */
  function gramsOf(word, most) {
    const chars = [...word];
    const every = chars.slice(2).map((char, at) => chars[at] + chars[at + 1] + char);
    const [first, ...others] = every.filter((gram) => !UNLISTED.test(gram));
    const isThere = (gram) => files.has(addressOf(gram));
    const some = [true, false].flatMap((there) =>
      spread(others.filter((gram) => isThere(gram) === there), most - 1));
    return [...new Set([first, ...some])].filter(Boolean);
  }

  /** @type {(word: string, query: Query, most: number) => Promise<Map<number, number>>} entries and their best rank */
  async function ranksOf(word, { onlyStarts, isLoose }, most) {
    const some = onlyStarts ? [word] : gramsOf(word, most);
    const of = await Promise.all(some.map((gram) => placesOf(gram, isLoose)));
    const ranks = new Map();
    for (const id of inAll(of)) {
      let worst = 0;
      for (let at = 0; at < of.length; at++) worst = Math.max(worst, of[at].get(id));
      if (!onlyStarts || worst === 0) ranks.set(id, worst > 1 ? worst : of[0].get(id));
    }
    return ranks;
  }

  return {
    /** @returns {Promise<Chance[]>} */
    async chances(query) {
      const long = (word) => query.onlyStarts || gramsOf(word, 1).length; // others may stand anywhere
      const words = query.words.filter(long).slice(0, MOST_WORDS);
      const most = Math.ceil(MOST_GRAMS / words.length);
      const known = await Promise.all(words.map((word) => ranksOf(word, query, most)));
      const chances = [];
      let group = 0;
      let [near, deep] = [];
      const add = (chance, id, order, isDeep) => {
        if (chance?.group !== group) chances.push((chance = { order, group, isDeep, ids: [] }));
        chance.order = Math.min(chance.order, order);
        chance.ids.push(id);
        return chance;
      };
      for (const id of Uint32Array.from(inAll(known)).sort()) {
        let [sum, worst] = [0, 0];
        for (let at = 0; at < known.length; at++) {
          const rank = known[at].get(id);
          sum += rank;
          worst = Math.max(worst, rank);
        }
        while (firsts[group + 1] <= id) group++;
        if (worst < REST) near = add(near, id, sum * STEP + id, false);
        if (!query.onlyStarts) deep = add(deep, id, (sum + REST - worst) * STEP + id, true);
      }
      return chances;
    },

    /** @type {(chance: Chance) => Promise<Group>} */
    async load({ group, isDeep }) {
      const full = address("entries", groups, group);
      const first = firsts[group];
      if (isDeep || files.has(full))
        return { first, entries: await file(full, (data) => data.map(fullEntry)) };
      const cards = address("cards", groups, group);
      return { first, entries: await file(cards, (data) => data.map((card) => entryOf(card))) };
    },
  };
}

/** @type {(maps: Map<number, number>[]) => number[]} what all have */
function inAll(maps) {
  const [fewest, ...others] = [...maps].sort((a, b) => a.size - b.size);
  return fewest ? [...fewest.keys()].filter((id) => others.every((one) => one.has(id))) : [];
}

/** @type {<T>(list: T[], most: number) => T[]} a few, as far from each other as may be, the last among them */
function spread(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, nth) => list[Math.ceil(((nth + 1) * list.length) / most) - 1]);
}

/** The numbers that `steps_of` wrote as steps. @param {string} noted */
function numbers(noted) {
  const found = [];
  let [number, step, unit] = [-1, 0, 1];
  for (let at = 0; at < noted.length; at++) {
    const code = noted.charCodeAt(at);
    const digit = code - (code > 92 ? 36 : 35);
    step += (digit % 45) * unit;
    unit *= 45;
    if (digit >= 45) continue;
    found.push((number += step));
    step = 0;
    unit = 1;
  }
  return found;
}
