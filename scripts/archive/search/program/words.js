// Split what is typed into units, and search for them in the word index and among the names of authorities.

import { key, pieces, tokens } from "./tokens.js";

/**
 * The units typed: phrases in quotation marks, names of authorities, and other words one by one.
 *
 * A unit is {text, phrase, excluded, authorities: [{facet, place}]}. The longest name wins. A hyphen before a word or a
 * phrase excludes what has it.
 */
export function units(typed, catalogue) {
  const units = [];
  const parts = /(?:(?<!\S)(-))?["“”„«»]([^"“”„«»]*)["“”„«»]|((?:(?!(?<!\S)-["“”„«»])[^"“”„«»])+)/g; // phrase or words
  for (const [, hyphen, phrase, plain] of typed.matchAll(parts)) {
    if (plain !== undefined) units.push(...unquoted(plain, catalogue));
    else if (key(phrase)) units.push({ text: phrase.trim(), phrase: true, excluded: Boolean(hyphen), authorities: [] });
  }
  const seen = new Set();
  const same = ({ text, phrase, excluded }) => `${text} ${phrase} ${excluded}`;
  return units.filter((unit) => !seen.has(same(unit)) && seen.add(same(unit)));
}

function unquoted(text, catalogue) {
  const typed = pieces(text.replaceAll("\u00a0", " ")).filter(key);
  const units = [];
  for (let start = 0; start < typed.length; ) {
    const excluded = typed[start].startsWith("-");
    let end = excluded ? start + 1 : typed.findIndex((word, at) => at > start && word.startsWith("-"));
    if (end < 0) end = typed.length;
    let authorities = [];
    for (; end > start; end--) {
      authorities = named(typed.slice(start, end).join(" "), catalogue);
      if (authorities.length || end === start + 1) break;
    }
    const words = typed.slice(start, end).join(" ");
    units.push({ text: excluded ? words.slice(1) : words, phrase: false, excluded, authorities });
    start = end;
  }
  return units;
}

/** The authorities that have exactly this name. */
export function named(text, catalogue) {
  const wanted = key(text);
  const names = new Map();
  for (const name of catalogue.names) if (name.key === wanted) names.set(`${name.facet} ${name.place}`, name);
  return [...names.values()];
}

/** The words of a text, a joined one without its parts. */
function whole(text) {
  let parts = 0;
  return tokens(text).filter((token) => (parts > 0 ? parts-- && false : ((parts = token.parts.length), true)));
}

export class Words {
  constructor(postings, catalogue) {
    Object.assign(this, { postings, catalogue });
    if (postings.documents !== catalogue.size + postings.pages.length) throw new Error("the word index is of another edition");
  }

  /**
   * What has every unit and nothing excluded, as matches of units, each {scores, terms, filed}, with `scores` of all:
   * for each document its score, 0 if it does not match. The documents are the rows of the catalogue, then other pages.
   */
  async search(units) {
    const matches = await Promise.all(units.map((unit) => this.#unit(unit)));
    return { matches, scores: this.together(units, matches) };
  }

  /** The score of each document by the matches of some units. */
  together(units, matches) {
    const scores = new Float32Array(this.postings.documents);
    if (units.every(({ excluded }) => excluded)) scores.fill(1, 0, this.catalogue.size);
    let first = true;
    units.forEach(({ excluded }, number) => {
      if (excluded) return;
      const own = matches[number].scores;
      for (let at = 0; at < scores.length; at++) scores[at] = own[at] && (first || scores[at]) ? scores[at] + own[at] : 0;
      first = false;
    });
    units.forEach(({ excluded }, number) => {
      if (excluded) matches[number].scores.forEach((score, at) => score && (scores[at] = 0));
    });
    return scores;
  }

  /** How many statements have a score. */
  count(scores) {
    let count = 0;
    for (let row = 0; row < this.catalogue.size; row++) if (scores[row]) count++;
    return count;
  }

  async #unit({ text, phrase, excluded, authorities }) {
    const terms = await Promise.all(phrase ? [this.#phrase(text)] : whole(text).map((token) => this.#term(token, !excluded)));
    const scores = terms[0].scores.slice();
    for (const { scores: others } of terms.slice(1)) {
      others.forEach((score, at) => (scores[at] = score && scores[at] && scores[at] + score));
    }
    const best = scores.reduce((most, score) => Math.max(most, score), 0) || 1;
    const filed = authorities.map((value) => [value, this.catalogue.facet(value.facet).rows(value.place, true)]);
    for (const [, rows] of filed) for (const row of rows) scores[row] += best;
    return { scores, terms, filed };
  }

  /** A word: its scores, and the `words` and `phrases` that excerpts mark. A joined one may stand in parts, in order. */
  async #term({ word, parts }, longer) {
    const [words, split] = await Promise.all([
      this.postings.meant(word, longer),
      parts.length ? this.postings.phrase(parts) : null,
    ]);
    const weights = await this.postings.weights(words);
    split?.forEach((weight, at) => (weights[at] = Math.max(weight, weights[at])));
    return { ...this.#weighed(weights), words, phrases: parts.length ? [parts] : [] };
  }

  /** A phrase, in which all joined words stand in parts, or all as one. */
  async #phrase(text) {
    const words = whole(text);
    const phrases = [words.flatMap(({ word, parts }) => (parts.length ? parts : [word]))];
    if (words.length < phrases[0].length) phrases.push(words.map(({ word }) => word));
    const [weights, joined] = await Promise.all(phrases.map((words) => this.postings.phrase(words)));
    joined?.forEach((weight, at) => (weights[at] = Math.max(weight, weights[at])));
    return { ...this.#weighed(weights), words: new Map(), phrases };
  }

  /** The scores of weights: the fewer documents have one, the more each counts (BM25). */
  #weighed(weights) {
    const having = weights.reduce((count, weight) => count + (weight > 0), 0);
    const rarity = Math.log(1 + (this.postings.documents - having + 0.5) / (having + 0.5));
    return { scores: weights.map((weight) => rarity * weight), rarity };
  }
}
