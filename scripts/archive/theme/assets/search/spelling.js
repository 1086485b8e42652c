// What a reader may have meant: names as they are being typed, and the nearest spelling of what is not found.

import { distance, fold, tokens } from "./fold.js";

const FEW = 5; // suggestions

/**
 * Names of the authorities that what is typed ends in, or begins to: [{name, rest}], the longest match first.
 *
 * `name` is one of the catalogue's, `rest` what is typed besides.
 */
export function beginning(typed, catalogue) {
  const words = typed.split(/\s+/).filter((word) => tokens(word).length);
  const found = new Map();
  for (let count = Math.min(words.length, 8); count > 0; count--) {
    const key = tokens(words.slice(-count).join(" ")).join(" ");
    if (key.length < 2) continue;
    for (const name of catalogue.names) {
      const id = `${name.facet} ${name.place}`;
      const at = ` ${name.key}`.indexOf(` ${key}`);
      if (at >= 0 && !(found.get(id)?.rank <= rank(name, key, at))) {
        if (!found.has(id) || found.get(id).typed === count) found.set(id, { name, typed: count, rank: rank(name, key, at) });
      }
    }
  }
  return [...found.values()]
    .sort((one, other) => other.typed - one.typed || one.rank - other.rank)
    .slice(0, FEW)
    .map(({ name, typed: count }) => ({ name, rest: closed(words.slice(0, words.length - count).join(" ")) }));
}

/** Without a quotation mark that nothing closes. */
function closed(text) {
  const marks = text.match(/["“”„«»]/g) ?? [];
  return marks.length % 2 ? text.replace(/["“”„«»](?=[^"“”„«»]*$)/, "") : text;
}

/** Whole names before beginnings, beginnings before what stands within. */
function rank(name, key, at) {
  return name.key === key ? 0 : at === 0 ? 1 : 2;
}

/** How many letters of a word may be wrong. */
function most(word) {
  return word.length < 5 ? 1 : 2;
}

/** The words nearest to one that is not found, nearest first; `words` have the most frequent first. */
export function nearest(word, words) {
  const folded = fold(word);
  return words
    .map((other, frequency) => ({ other, frequency, far: distance(folded, fold(other), most(folded)) }))
    .filter(({ far }) => far < Infinity && far > 0)
    .sort((one, other) => one.far - other.far || one.frequency - other.frequency)
    .slice(0, 3)
    .map(({ other }) => other);
}

/** The authorities with a name that is nearly this one. */
export function nearestNames(text, catalogue) {
  const key = tokens(text).join(" ");
  const found = new Map();
  for (const name of catalogue.names) {
    const parts = name.key.includes(" ") && !key.includes(" ") ? [name.key, ...name.key.split(" ")] : [name.key];
    const far = Math.min(...parts.filter((part) => part.length > 3).map((part) => distance(key, part, most(key))));
    const id = `${name.facet} ${name.place}`;
    if (far < Infinity && !(found.get(id)?.far <= far)) found.set(id, { name, far });
  }
  return [...found.values()].sort((one, other) => one.far - other.far).slice(0, FEW).map(({ name }) => name);
}
