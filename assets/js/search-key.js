/* Keys that texts are compared by, as microsite/language/thai.py makes them (tests/cases/search-keys.tsv) */

const TONES = /[\u0e48-\u0e4c]/g;
const VOWELS = /[\u0e31\u0e34-\u0e3a]/g;

/** @type {(marks: RegExp) => (run: string) => string} */
const sortedMarks = (first) => (run) =>
  (run.match(first) ?? []).join("") + run.replace(first, "");

/**
 * What two texts share when a reader would call them the same.
 * @param {string} text
 */
export const searchKey = (text) =>
  text
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "")
    .normalize("NFC") // never NFKC, which takes ำ apart
    .replace(/\u0e40\u0e40/g, "\u0e41")
    .replace(/\u0e4d([\u0e48-\u0e4b]*)\u0e32/g, "$1\u0e33")
    .replace(/[\u0e33\u0e48-\u0e4b]{2,}/g, sortedMarks(TONES))
    .replace(/[\u0e31\u0e34-\u0e3a\u0e48-\u0e4c]{2,}/g, sortedMarks(VOWELS))
    .normalize("NFC")
    .replace(/([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1+/g, "$1")
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0xe50))
    .toLowerCase()
    .replace(/[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g, " ")
    .replace(/^ | $/g, "");

const LEFT_OUT = /[\u0e47-\u0e4c\u0e4e !-/:-@[-`{-~\u00b7\u2010-\u2027]/;
const ALL_LEFT_OUT = new RegExp(LEFT_OUT, "g");

/**
 * What two search keys share that differ in tone marks, spaces and punctuation only.
 * @param {string} key
 */
export const looseKey = (key) => key.replace(ALL_LEFT_OUT, "");

/**
 * Where a stretch of the loose key stands in the key.
 * @param {string} key
 * @param {number} start
 * @param {number} length
 * @returns {[number, number]} first and behind the last
 */
export function tightened(key, start, length) {
  const kept = [];
  for (let at = 0; at < key.length; at++) if (!LEFT_OUT.test(key[at])) kept.push(at);
  return [kept[start], kept[start + length - 1] + 1];
}
