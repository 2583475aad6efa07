/* How well an entry fits what was typed, and where its words stand */

import { looseKey, searchKey, tightened } from "./search-key.js";

/**
 * @typedef {[string, string?]} Words a text, and its language if that is not the page's
 * @typedef {[string, number, string, Words, Words[], Words | [], Words | []]} Card
 *   path, kind, flag, name, other names, maker, summary
 * @typedef {[number, string, string?]} Text label, text, language
 * @typedef {{rank: number, label: number, words: Words, key: string}} Field
 *   label: a number of the index, or NAME or SUMMARY
 * @typedef {{card: Card, texts?: Text[], exact: Field[][], loose: Field[][]}} Entry
 * @typedef {{words: string[], onlyStarts: boolean, isLoose: boolean}} Query
 * @typedef {{field: Field, at: number, rank: number}} Find
 */

export const NAME = -1;
export const SUMMARY = -2;
export const REST = 3; // the rank of a word that stands in neither

/**
 * @param {Card} card
 * @param {Text[]} [texts]
 * @returns {Entry}
 */
export const entryOf = (card, texts) => ({ card, texts, exact: [], loose: [] });

/**
 * What is looked for: every word, each anywhere. One or two letters alone only begin names, because
 * they stand inside so many words.
 * @param {string} typed
 * @param {boolean} isLoose tone marks, spaces and the s of a plural do not count
 * @returns {Query}
 */
export function queryOf(typed, isLoose) {
  let words = searchKey(typed).split(" ");
  if (isLoose) words = words.map(looseKey).map((word) => word.replace(/(?<=[a-z]{3})e?s$/, ""));
  words = [...new Set(words)].filter(Boolean);
  const isShort = (word) => [...word].length < 3;
  return { words, onlyStarts: words.every(isShort), isLoose };
}

/** @type {(entry: Entry, isLoose: boolean, deep: number) => Field[]} */
function fieldsOf(entry, isLoose, deep) {
  const kept = isLoose ? entry.loose : entry.exact;
  const made = (rank, label, words) => {
    const key = searchKey(words[0]);
    return { rank, label, words, key: isLoose ? looseKey(key) : key };
  };
  const [, , , name, others, , summary] = entry.card;
  kept[0] ??= [
    ...[name, ...others].map((words) => made(1, NAME, words)),
    ...(summary.length ? [made(2, SUMMARY, summary)] : []),
  ];
  if (deep) kept[1] ??= entry.texts.map(([label, ...words]) => made(REST, label, words));
  return deep ? kept[1] : kept[0];
}

/** @type {(fields: Field[], word: string, onlyStarts: boolean) => Find | undefined} */
function bestOf(fields, word, onlyStarts) {
  let best;
  for (const field of fields) {
    const at = field.key.indexOf(word);
    if (at < 0 || (onlyStarts && (at || field.rank !== 1))) continue;
    const rank = field.rank === 1 && at === 0 ? 0 : field.rank;
    if (!best || rank < best.rank) best = { field, at, rank };
  }
  return best;
}

/**
 * Where an entry has each word, as far as its name and summary tell, and its texts if they are
 * there; nothing if it has not.
 * @param {Entry} entry
 * @param {Query} query
 * @returns {{rank: number, finds: Find[]} | undefined} the sum of the ranks; less is better
 */
export function findsIn(entry, { words, onlyStarts, isLoose }) {
  const finds = [];
  for (const word of words) {
    let find = bestOf(fieldsOf(entry, isLoose, 0), word, onlyStarts);
    if (!find && entry.texts && !onlyStarts) find = bestOf(fieldsOf(entry, isLoose, 1), word, false);
    if (!find) return undefined;
    finds.push(find);
  }
  return { rank: finds.reduce((sum, find) => sum + find.rank, 0), finds };
}

const BEFORE = 30; // letters of an excerpt
const AFTER = 90;

/**
 * A text cut down to what surrounds a find, in pieces; every second piece was looked for.
 * @param {Words} words
 * @param {Query} query
 * @returns {string[]}
 */
export function excerpt([text], { words, onlyStarts, isLoose }) {
  const found = placesIn(text, words, isLoose);
  const places = onlyStarts ? found.filter(([start]) => start === 0) : found;
  const [first] = places;
  const from = !first || first[0] < BEFORE * 2 ? 0 : boundary(text, first[0] - BEFORE, first[0]);
  const to = text.length < from + BEFORE + AFTER * 1.5
    ? text.length
    : boundary(text, from + BEFORE + AFTER, text.length);
  const pieces = [from ? "…" : ""];
  let at = from;
  for (const [start, end] of places) {
    if (start < at || end > to) continue;
    pieces[pieces.length - 1] += text.slice(at, start);
    pieces.push(text.slice(start, end), "");
    at = end;
  }
  pieces[pieces.length - 1] += text.slice(at, to) + (to < text.length ? "…" : "");
  return pieces;
}

/** @type {(text: string, words: string[], isLoose: boolean) => [number, number][]} */
function placesIn(text, words, isLoose) {
  const exact = searchKey(text);
  const key = isLoose ? looseKey(exact) : exact;
  const places = [];
  for (const word of words) {
    for (let at = key.indexOf(word); at >= 0; at = key.indexOf(word, at + word.length)) {
      const [start, end] = isLoose ? tightened(exact, at, word.length) : [at, at + word.length];
      places.push([start, behindMarks(exact, end)]);
    }
  }
  return places.sort((a, b) => a[0] - b[0]);
}

const MARK = /[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\udc00-\udfff]|\p{M}/u;

/** @type {(text: string, at: number, end?: number) => number} the next place behind a whole letter */
export function behindMarks(text, at, end = text.length) {
  while (at < end && MARK.test(text[at])) at++;
  return at;
}

/**
 * The next place, from `at` on but not behind `end`, where a text may be cut: at a space if one is
 * near, never between a letter and its marks.
 * @type {(text: string, at: number, end: number) => number}
 */
function boundary(text, at, end) {
  const space = text.indexOf(" ", at);
  if (space >= 0 && space < Math.min(at + 12, end)) return space + 1;
  return behindMarks(text, at, end);
}
