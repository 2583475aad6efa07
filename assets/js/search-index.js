/* The index of a language, as microsite/publish/search_index.py writes it: what fits what was typed, best first */

import { entryOf, findsIn, queryOf, REST } from "./search-match.js";

/**
 * @typedef {import("./search-match.js").Entry} Entry
 * @typedef {import("./search-match.js").Query} Query
 * @typedef {{order: number, id: number, entry: Entry, query: Query, finds: import("./search-match.js").Find[]}} Hit
 * @typedef {{order: number, group: number, isDeep: boolean, ids: number[]}} Chance
 *   a group with entries that may be hits, by their names and summaries or deep in their texts
 * order: what it is sorted by: its rank, or the best that it can have, then its place in the catalogue
 */

const FEW = 5; // hits; after so few, what was typed is searched loosely too
const AT_ONCE = 3; // groups
const MOST_GRAMS = 6; // that are looked up for a query, about
const NOWHERE = 9; // no rank
const STEP = 1e6; // between ranks, more than there are entries

/**
 * @param {string} url
 * @returns what finds the hits of what was typed, in their order and in portions as they become
 *   known; and the home page, kinds of page and labels that they name by number
 */
export async function openIndex(url) {
  const index = await fetched(url);
  const source = index.entries ? whole(index) : sharded(index);

  /** @param {string} typed */
  async function* hitsOf(typed) {
    const seen = new Set();
    for (const isLoose of [false, true]) {
      const query = queryOf(typed, isLoose);
      if (!query.words.length || seen.size >= FEW) return;
      yield* portions(source, query, seen);
    }
  }
  const { home, kinds, labels } = index;
  return { hitsOf, home, kinds, labels, isWhole: Boolean(index.entries) };
}

/**
 * Looks where the best may be first, and lets a hit go once no other can pass it.
 * @param {Set<number>} seen the hits so far, which grow
 */
async function* portions(source, query, seen) {
  const inOrder = (a, b) => a.order - b.order;
  const chances = (await source.chances(query)).sort(inOrder);
  let hits = [];
  while (chances.length) {
    const taken = [];
    while (chances.length && taken.length < AT_ONCE) {
      const chance = chances.shift();
      if (!chance.ids.every((id) => seen.has(id))) taken.push(chance);
    }
    for (const { first, entries } of await source.load(taken)) {
      entries.forEach((entry, at) => {
        const found = !seen.has(first + at) && findsIn(entry, query);
        if (!found) return;
        seen.add(first + at);
        hits.push({ ...found, order: found.rank * STEP + first + at, id: first + at, entry, query });
      });
    }
    hits.sort(inOrder);
    const next = chances.length ? chances[0].order : Infinity;
    const settled = hits.filter((hit) => hit.order < next);
    hits = hits.slice(settled.length);
    yield settled;
  }
}

/** @param {string} url */
async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}

/** An index that is one file: every entry is looked at. */
function whole(index) {
  const entries = index.entries.map((parts) => entryOf(parts.slice(0, -1), parts.at(-1)));
  return {
    chances: async () => [{ order: 0, group: 0, isDeep: true, ids: [...entries.keys()] }],
    load: async () => [{ first: 0, entries }],
  };
}

/** An index in shards: only those are fetched that hold what may fit. */
function sharded({ count, folder, starts, grams, cards, texts }) {
  const files = new Map();
  const groups = starts.map(() => []);

  /** @type {(kind: string, ends: string[], number: number) => Promise<any>} */
  const file = (kind, ends, number) => {
    const url = `${folder}${kind}${number}-${ends[number]}.json`;
    if (!files.has(url)) {
      const coming = fetched(url);
      coming.catch(() => files.delete(url));
      files.set(url, coming);
    }
    return files.get(url);
  };

  /** @type {(gram: string, isLoose: boolean) => Promise<Uint8Array>} the best place in each entry */
  async function placesOf(gram, isLoose) {
    const places = new Uint8Array(count).fill(NOWHERE);
    let number = 0;
    for (let at = 0, chars = [...gram]; at < 3; at++)
      number = (number * 31 + (chars[at]?.codePointAt(0) ?? 0)) % grams.length;
    const lists = (await file("grams", grams, number))[gram] ?? [];
    for (let list = isLoose ? 7 : 3; list >= 0; list--)
      for (const id of numbers(lists[list] ?? "")) places[id] = Math.min(places[id], list % 4);
    return places;
  }

  /** @type {(word: string, query: Query) => Promise<Uint8Array | undefined>} the best rank of each entry */
  async function ranksOf(word, { words, onlyStarts, isLoose }) {
    const chars = [...word];
    if (onlyStarts) {
      const places = await placesOf(word, isLoose);
      return places.map((place) => (place ? NOWHERE : 0));
    }
    if (chars.length < 3) return undefined; // among longer words it may stand anywhere
    const every = chars.slice(2).map((char, at) => chars[at] + chars[at + 1] + char);
    const step = Math.ceil((every.length * words.length) / MOST_GRAMS);
    const some = every.filter((_, at) => at % step === 0 || at === every.length - 1);
    const [first, ...others] = await Promise.all(
      [...new Set(some)].map((gram) => placesOf(gram, isLoose)),
    );
    return first.map((place, id) => {
      const worst = others.reduce((most, one) => Math.max(most, one[id]), 0);
      return worst > 1 ? Math.max(worst, place) : place;
    });
  }

  return {
    /** @returns {Promise<Chance[]>} */
    async chances(query) {
      const of = await Promise.all(query.words.map((word) => ranksOf(word, query)));
      const known = of.filter(Boolean);
      const chances = new Map();
      let group = 0;
      const add = (id, rank, isDeep) => {
        const key = `${group} ${isDeep}`;
        const order = rank * STEP + id;
        if (!chances.has(key)) chances.set(key, { order, group, isDeep, ids: [] });
        const chance = chances.get(key);
        chance.order = Math.min(chance.order, order);
        chance.ids.push(id);
      };
      for (let id = 0; id < count; id++) {
        if (id === starts[group + 1]) group++;
        const ranks = known.map((one) => one[id]);
        if (ranks.includes(NOWHERE)) continue;
        const sum = ranks.reduce((a, b) => a + b, 0);
        if (!ranks.includes(REST)) add(id, sum, false);
        if (!query.onlyStarts) add(id, sum + REST - Math.max(...ranks), true);
      }
      return [...chances.values()];
    },

    /** @param {Chance[]} chances */
    load: (chances) =>
      Promise.all(
        chances.map(async ({ group, isDeep }) => {
          const [shown, read] = await Promise.all([
            file("cards", cards, group),
            isDeep && file("texts", texts, group),
          ]);
          const entries = groups[group];
          if (!entries.length) entries.push(...shown.map((card) => entryOf(card)));
          if (isDeep) entries.forEach((entry, at) => (entry.texts ??= read[at]));
          return { first: starts[group], entries };
        }),
      ),
  };
}

/** The numbers that `_grams` wrote as steps. @param {string} noted */
function* numbers(noted) {
  let at = -1;
  let step = 0;
  let unit = 1;
  for (let place = 0; place < noted.length; place++) {
    const code = noted.charCodeAt(place);
    const digit = code - 35 - (code > 92 ? 1 : 0);
    step += (digit % 45) * unit;
    unit *= 45;
    if (digit >= 45) continue;
    at += step;
    yield at;
    step = 0;
    unit = 1;
  }
}
