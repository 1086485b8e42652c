// Split what is typed into units, and search for them in Pagefind's index and among the names of authorities.

import { wordsOf } from "./excerpt.js";
import { bare, fold, relettered, tokens } from "./fold.js";

const WHOLE = 2; // words up to this length are searched whole: too many words begin with them
const SPELLINGS = 24; // searched for a word or phrase

/**
 * The units typed: phrases in quotation marks, names of authorities, and other words one by one.
 *
 * A unit is {text, phrase, words, authorities: [{facet, place}]}. The longest name wins.
 */
export function units(typed, catalogue) {
  const units = [];
  for (const [, phrase, plain] of typed.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]|([^"“”„«»]+)/g)) {
    if (plain !== undefined) units.push(...unquoted(plain, catalogue));
    else if (tokens(phrase).length) units.push({ text: phrase.trim(), phrase: true, words: [phrase.trim()], authorities: [] });
  }
  const seen = new Set();
  return units.filter(({ text, phrase }) => !seen.has(text + phrase) && seen.add(text + phrase));
}

function unquoted(text, catalogue) {
  const typed = text.split(/\s+/).filter((word) => tokens(word).length);
  const units = [];
  for (let start = 0; start < typed.length; ) {
    let end = typed.length;
    let authorities = [];
    for (; end > start; end--) {
      authorities = named(typed.slice(start, end).join(" "), catalogue);
      if (authorities.length || end === start + 1) break;
    }
    const words = typed.slice(start, end);
    units.push({ text: words.join(" "), phrase: false, words, authorities });
    start = end;
  }
  return units;
}

/** The authorities that have exactly this name. */
export function named(text, catalogue) {
  const key = tokens(text).join(" ");
  const names = new Map();
  for (const name of catalogue.names) if (name.key === key) names.set(`${name.facet} ${name.place}`, name);
  return [...names.values()];
}

export class Words {
  #results = new Map(); // Pagefind's results by search term

  /** `pagefind` is the module, `fragments` the content of fragments.json, in which ids are cut to be just unambiguous. */
  constructor(pagefind, fragments, catalogue) {
    this.pagefind = pagefind;
    this.catalogue = catalogue;
    this.unfolded = fragments.unfolded.map((word) => [word, fold(word)]);
    this.pages = new Map();
    const ids = (list) => list.split(" ").filter(Boolean);
    ids(fragments.statements).forEach((id, row) => this.pages.set(id, row));
    for (const { name, index } of catalogue.facets) {
      ids(fragments[index] ?? "").forEach((id, place) => this.pages.set(id, { facet: name, place }));
    }
    this.lengths = [...new Set([...this.pages.keys()].map(({ length }) => length))].sort((one, other) => other - one);
  }

  /** The row, or the authority, whose page has this id in Pagefind: "en_1010426". */
  #page(id) {
    for (const length of this.lengths) {
      const page = this.pages.get(id.slice(3, 3 + length));
      if (page !== undefined) return page;
    }
    throw new Error("the index is of another edition");
  }

  /**
   * The statements that have every unit: {rows, pages, counts}, `rows` being a Map of matches by row.
   *
   * A match is {score, at, data, filed}: `at` has the places of the words in the page's text, `data` is a function that
   * loads Pagefind's page, or null, `filed` has the authorities by whose name the statement is found. `pages` are the
   * authorities whose own pages have every unit, `counts` the numbers of statements that have each unit.
   */
  async search(units) {
    const matches = await Promise.all(units.map((unit) => this.#unit(unit)));
    return {
      rows: intersection(matches.map(({ rows }) => rows)),
      pages: [...intersection(matches.map(({ pages }) => pages)).keys()],
      counts: matches.map(({ rows }) => rows.size),
    };
  }

  async #unit({ words, phrase, authorities }) {
    const matches = await Promise.all(words.map((word) => this.#word(word, phrase)));
    const rows = intersection(matches.map(({ rows }) => rows));
    const pages = intersection(matches.map(({ pages }) => pages));
    const best = Math.max(1, ...[...rows.values()].map(({ score }) => score));
    for (const { facet, place } of authorities) {
      for (const row of this.catalogue.facet(facet).rows(place, true)) {
        const match = rows.get(row) ?? { score: 0, at: [], data: null, filed: [] };
        rows.set(row, { ...match, score: match.score + best, filed: [...match.filed, { facet, place }] });
      }
    }
    return { rows, pages };
  }

  /** The matches of a word or phrase, in every spelling of the index that a reader would type so. */
  async #word(word, phrase) {
    const terms = this.#spellings(word, phrase).map((term) => (phrase || [...term].length <= WHOLE ? `"${term}"` : term));
    const matches = { rows: new Map(), pages: new Map() };
    for (const results of await Promise.all(terms.map((term) => this.#search(term)))) {
      for (const result of results) {
        const page = this.#page(result.id);
        const map = typeof page === "number" ? matches.rows : matches.pages;
        const match = { score: result.score, at: result.words, data: result.data, filed: [] };
        map.set(page, map.has(page) ? joined(map.get(page), match) : match);
      }
    }
    return matches;
  }

  /** The spellings of a word or phrase. A word may be a beginning; words of a phrase and parts of a compound are whole. */
  #spellings(typed, phrase) {
    const words = typed.split(/\s+/).map((word) => word.replace(/['’]/g, "").match(/[\p{L}\p{N}\p{M}]+/gu) ?? []);
    const parts = words.flatMap((word) => word.map((part, at) => [part, at === word.length - 1]));
    const texts = parts.reduce(
      (starts, [part, ends], at) => {
        const spellings = this.#spelled(part, phrase || at < parts.length - 1);
        const gap = ends && at < parts.length - 1 ? " " : "";
        return starts.flatMap((start) => spellings.map((text) => start + text + gap)).slice(0, SPELLINGS);
      },
      [""],
    );
    return texts.filter(Boolean);
  }

  #spelled(part, whole) {
    const folded = fold(part);
    const length = [...folded].length;
    const alike = this.unfolded.filter(([, other]) => (whole ? other === folded : other.startsWith(folded)));
    const texts = [part.toLowerCase(), relettered(part.toLowerCase()), ...alike.map(([raw]) => [...raw].slice(0, length).join(""))];
    return [...new Map(texts.map((text) => [bare(text), text])).values()];
  }

  #search(term) {
    if (!this.#results.has(term)) {
      const results = this.#searchPagefind(term);
      results.catch(() => this.#results.delete(term)); // the next search tries again
      this.#results.set(term, results);
    }
    return this.#results.get(term);
  }

  /**
   * Pagefind's results for a term, without guesses: if no word begins with the term, Pagefind takes the longest word
   * that the term begins with ("land" for "landmnies"). It does so for all results or for none.
   */
  async #searchPagefind(term) {
    const { results } = await this.pagefind.search(term);
    if (!results.length || term.startsWith('"') || (await hasWord(results[0], term))) return results;
    const sameStem = (await this.pagefind.search(`"${term}"`)).results.length > 0;
    return sameStem ? results : [];
  }
}

/** Whether a match of the result begins with the term, or has a part that does. */
async function hasWord({ data, words: at }, term) {
  const text = wordsOf((await data()).raw_content);
  const key = tokens(term).join("");
  return at.some((place) => {
    const parts = tokens(text[place] ?? "");
    return [parts.join(""), ...parts].some((part) => part.startsWith(key));
  });
}

/** The entries whose keys are in every map, their matches joined. */
function intersection([first, ...others]) {
  const common = new Map();
  for (const [key, match] of first ?? []) {
    if (others.every((other) => other.has(key))) {
      common.set(key, others.reduce((all, other) => joined(all, other.get(key)), match));
    }
  }
  return common;
}

function joined(one, other) {
  return {
    score: one.score + other.score,
    at: [...one.at, ...other.at],
    data: one.data ?? other.data,
    filed: [...new Set([...one.filed, ...other.filed])],
  };
}
