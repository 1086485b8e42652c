// Suggest what a reader may mean: names being typed, and the nearest spelling of words not found.

import { key as keyOf } from "./tokens.js";
import { segments } from "./words.js";

const FEW = 5; // suggestions
// words that name nothing by themselves
const COMMON = new Set(keyOf("a an and at by for from in of on or the to with və ilə üçün и в на о от по с").split(" "));

/**
 * Names of authorities that the typed text ends with, in whole or in part: [{name, rest}], the longest match first.
 *
 * `name` is one of the catalogue's, `rest` the text before it. A phrase in quotation marks is no name.
 */
export function beginning(typed, catalogue) {
  const { start, plain = "" } = segments(typed).at(-1) ?? {};
  const words = plain.split(/\s+/).filter(keyOf);
  const before = typed.slice(0, start);
  const matches = new Map();
  const excluded = words.findLastIndex((word) => word.startsWith("-")); // no name reaches over one
  for (let count = Math.min(words.length - excluded - 1, 8); count > 0; count--) {
    const key = keyOf(words.slice(-count).join(" "));
    if (key.length < 2 || key.split(" ").every((word) => COMMON.has(word))) continue;
    for (const name of catalogue.names) {
      const id = `${name.facet} ${name.place}`;
      const at = ` ${name.key}`.indexOf(` ${key}`);
      if (at >= 0 && !(matches.get(id)?.rank <= rank(name, key, at))) {
        if (!matches.has(id) || matches.get(id).typed === count) matches.set(id, { name, typed: count, rank: rank(name, key, at) });
      }
    }
  }
  return [...matches.values()]
    .sort((one, other) => other.typed - one.typed || one.rank - other.rank)
    .slice(0, FEW)
    .map(({ name, typed: count }) => ({ name, rest: closed(before + words.slice(0, words.length - count).join(" ")).trim() }));
}

/** The text without a quotation mark that is not closed. */
function closed(text) {
  const marks = text.match(/["“”„«»]/g) ?? [];
  return marks.length % 2 ? text.replace(/["“”„«»](?=[^"“”„«»]*$)/, "") : text;
}

/** Rank of a match: the whole name, its beginning, or a part within. */
function rank(name, key, at) {
  return name.key === key ? 0 : at === 0 ? 1 : 2;
}

/** How many letters of a word may be wrong. */
function tolerance(word) {
  return word.length < 5 ? 1 : 2;
}

/**
 * The words nearest to one that is not found, nearest first; `words` has the most frequent first. Before them stand the
 * parts of a joined word, or of a phrase, apart.
 */
export function nearest(word, words) {
  const parts = keyOf(word);
  const whole = parts.replaceAll(" ", "");
  const near = words
    .map((other, frequency) => ({ other, frequency, far: distance(whole, other, tolerance(whole)) }))
    .filter(({ far }) => far < Infinity && far > 0)
    .sort((one, other) => one.far - other.far || one.frequency - other.frequency)
    .slice(0, 3)
    .map(({ other }) => other);
  return parts === whole ? near : [parts, ...near];
}

/** The authorities with a name similar to the text. */
export function nearestNames(text, catalogue) {
  const key = keyOf(text);
  const matches = new Map();
  for (const name of catalogue.names) {
    const parts = name.key.includes(" ") && !key.includes(" ") ? [name.key, ...name.key.split(" ")] : [name.key];
    const far = Math.min(...parts.filter((part) => part.length > 3).map((part) => distance(key, part, tolerance(key))));
    const id = `${name.facet} ${name.place}`;
    if (far < Infinity && !(matches.get(id)?.far <= far)) matches.set(id, { name, far });
  }
  return [...matches.values()].sort((one, other) => one.far - other.far).slice(0, FEW).map(({ name }) => name);
}

/**
 * The number of insertions, deletions, changes and swaps of neighbours between two texts (optimal string alignment);
 * Infinity if it is more than `most`.
 */
function distance(one, other, most) {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before = [];
  let above = b.map((_, place) => place).concat(b.length);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, above] = [above, row];
  }
  return above[b.length] <= most ? above[b.length] : Infinity;
}
