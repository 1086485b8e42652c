// What is typed -> units, and the statements that have them: by Pagefind's index, or by a name of what they are filed under.

import { wordsOf } from "./excerpt.js";
import { bare, fold, relettered, tokens } from "./fold.js";

const WHOLE = 2; // words up to this length are searched as they are, not as beginnings: these would be too many
const SPELLINGS = 24; // of one word or phrase

/**
 * Phrases in quotation marks, names of the authorities and, of the rest, single words.
 *
 * A unit is {text, phrase, words, authorities: [{facet, place}]}. The longest name wins.
 */
export function units(typed, catalogue) {
  const found = [];
  for (const [, phrase, plain] of typed.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]|([^"“”„«»]+)/g)) {
    if (plain !== undefined) found.push(...inPlain(plain, catalogue));
    else if (tokens(phrase).length) found.push({ text: phrase.trim(), phrase: true, words: [phrase.trim()], authorities: [] });
  }
  const seen = new Set();
  return found.filter(({ text, phrase }) => !seen.has(text + phrase) && seen.add(text + phrase));
}

function inPlain(plain, catalogue) {
  const typed = plain.split(/\s+/).filter((word) => tokens(word).length);
  const found = [];
  for (let start = 0; start < typed.length; ) {
    let end = typed.length;
    let authorities = [];
    for (; end > start; end--) {
      authorities = named(typed.slice(start, end).join(" "), catalogue);
      if (authorities.length || end === start + 1) break;
    }
    const words = typed.slice(start, end);
    found.push({ text: words.join(" "), phrase: false, words, authorities });
    start = end;
  }
  return found;
}

/** The authorities that have exactly this name. */
export function named(text, catalogue) {
  const key = tokens(text).join(" ");
  const found = new Map();
  for (const name of catalogue.names) if (name.key === key) found.set(`${name.facet} ${name.place}`, name);
  return [...found.values()];
}

export class Words {
  #found = new Map(); // what Pagefind found, by the term it was asked for

  /** `fragments` is what fragments.json holds, `pagefind` the module. An id there is only as long as tells it from others. */
  constructor(pagefind, fragments, catalogue) {
    this.pagefind = pagefind;
    this.catalogue = catalogue;
    this.unfolded = fragments.unfolded.map((word) => [word, fold(word)]);
    this.known = new Map();
    const ids = (list) => list.split(" ").filter(Boolean);
    ids(fragments.statements).forEach((id, row) => this.known.set(id, row));
    ids(fragments.events).forEach((id, place) => this.known.set(id, { facet: "event", place }));
    ids(fragments.addressees).forEach((id, place) => this.known.set(id, { facet: "addressee", place }));
    this.lengths = [...new Set([...this.known.keys()].map(({ length }) => length))].sort((one, other) => other - one);
  }

  /** What stands on the page with this id of Pagefind's, "en_1010426": a row, or an authority. */
  #page(id) {
    for (const length of this.lengths) {
      const page = this.known.get(id.slice(3, 3 + length));
      if (page !== undefined) return page;
    }
    throw new Error("the index is of another edition");
  }

  /**
   * The statements that have every unit: {rows: row -> match, pages, counts}.
   *
   * A match is {score, at: places of the words in the page's text, data: () -> Pagefind's page or null, filed: the
   * authorities by whose name it is found}. `pages` are the authorities whose own pages have every unit; `counts` how
   * many statements have each unit by itself.
   */
  async search(wanted) {
    const each = await Promise.all(wanted.map((unit) => this.#unit(unit)));
    return {
      rows: together(each.map(({ rows }) => rows)),
      pages: [...together(each.map(({ pages }) => pages)).keys()],
      counts: each.map(({ rows }) => rows.size),
    };
  }

  async #unit({ words, phrase, authorities }) {
    const each = await Promise.all(words.map((word) => this.#word(word, phrase)));
    const rows = together(each.map((found) => found.rows));
    const pages = together(each.map((found) => found.pages));
    const best = Math.max(1, ...[...rows.values()].map(({ score }) => score));
    for (const { facet, place } of authorities) {
      for (const row of this.catalogue.rows(facet, place, true)) {
        const match = rows.get(row) ?? { score: 0, at: [], data: null, filed: [] };
        rows.set(row, { ...match, score: match.score + best, filed: [...match.filed, { facet, place }] });
      }
    }
    return { rows, pages };
  }

  /** A word or phrase, in every spelling of the index that a reader would type so. */
  async #word(word, phrase) {
    const terms = this.#spellings(word, phrase).map((term) => (phrase || [...term].length <= WHOLE ? `"${term}"` : term));
    const found = { rows: new Map(), pages: new Map() };
    for (const results of await Promise.all(terms.map((term) => this.#ask(term)))) {
      for (const result of results) {
        const page = this.#page(result.id);
        const under = typeof page === "number" ? found.rows : found.pages;
        const match = { score: result.score, at: result.words, data: result.data, filed: [] };
        under.set(page, under.has(page) ? joined(under.get(page), match) : match);
      }
    }
    return found;
  }

  /** What is typed may be a beginning, but the words of a phrase and the parts of a compound are whole. */
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

  #ask(term) {
    if (!this.#found.has(term)) {
      const asked = this.#asked(term);
      asked.catch(() => this.#found.delete(term));
      this.#found.set(term, asked);
    }
    return this.#found.get(term);
  }

  /**
   * Pagefind's results for a term that are no guess: where no word begins with the term, Pagefind takes the longest
   * word that the term begins with ("land" for "landmnies"). It does that for all results or for none.
   */
  async #asked(term) {
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

/** What is in every one of the maps. */
function together([first, ...others]) {
  const found = new Map();
  for (const [key, match] of first ?? []) {
    if (others.every((other) => other.has(key))) {
      found.set(key, others.reduce((all, other) => joined(all, other.get(key)), match));
    }
  }
  return found;
}

function joined(one, other) {
  return {
    score: one.score + other.score,
    at: [...one.at, ...other.at],
    data: one.data ?? other.data,
    filed: [...new Set([...one.filed, ...other.filed])],
  };
}
