// Split what is typed into units, and search for them in the word index and among the names of authorities.

import { days, limit, MONTHS } from "./dates.js";
import { addressed, key, pieces, tokens } from "./tokens.js";

/**
 * The units typed: phrases in quotation marks, names of authorities, dates, and other words one by one.
 *
 * A unit is {text, phrase, excluded, date, authorities: [{facet, place}]}. The longest name wins. A hyphen before a word
 * or a phrase excludes what has it.
 */
export function units(typed, catalogue) {
  const units = [];
  for (const { plain, phrase, excluded } of segments(typed)) {
    if (plain) units.push(...unquoted(plain, catalogue));
    else if (key(phrase)) units.push({ text: phrase.trim(), phrase: true, excluded, date: "", authorities: [] });
  }
  const seen = new Set();
  const same = ({ text, phrase, excluded }) => `${text} ${phrase} ${excluded}`;
  return units.filter((unit) => !seen.has(same(unit)) && seen.add(same(unit)));
}

/** What is typed in order, divided into {start, plain} and {start, phrase, excluded}; an excluded phrase may be open. */
export function segments(typed) {
  const [mark, other] = ["[\"“”„«»]", "[^\"“”„«»]"];
  const out = `(?<!\\S)-${mark}`;
  const segment = new RegExp(`${out}(${other}*)(?:${mark}|$)|${mark}(${other}*)${mark}|(?:(?!${out})${other})+`, "g");
  return [...typed.matchAll(segment)].map(({ index: start, 0: plain, 1: excluded, 2: phrase }) =>
    (excluded ?? phrase) === undefined ? { start, plain } : { start, phrase: excluded ?? phrase, excluded: excluded !== undefined },
  );
}

function unquoted(text, catalogue) {
  const typed = pieces(text.replaceAll("\u00a0", " ")).filter(key);
  const units = [];
  for (let start = 0; start < typed.length; ) {
    const excluded = typed[start].startsWith("-");
    const words = (end) => typed.slice(start, end).join(" ").slice(excluded ? 1 : 0);
    let last = start + 1;
    if (!excluded) while (last < typed.length && last - start < catalogue.longest && !typed[last].startsWith("-")) last++;
    const ends = Array.from({ length: last - start }, (_, fewer) => last - fewer);
    const name = ends.find((end) => named(words(end), catalogue).length);
    const day = name ? undefined : ends.find((end) => dated(words(end)));
    const end = name ?? day ?? start + 1;
    const text = words(end);
    units.push({ text, phrase: false, excluded, date: day ? dated(text) : "", authorities: name ? named(text, catalogue) : [] });
    start = end;
  }
  return units;
}

/** A month or a day, as readers type it, as YYYY-MM or YYYY-MM-DD; else "". */
function dated(text) {
  const date = limit(text) ?? "";
  return date.includes("-") ? date : "";
}

/** The authorities that have exactly this name. */
export function named(text, catalogue) {
  return [...new Map(catalogue.named(key(text)).map((name) => [`${name.facet} ${name.place}`, name])).values()];
}

/** The words of a text, a joined one without its parts. Of the address of a record these are its id. */
function whole(text) {
  const address = addressed(text);
  const [, id] = /^https?:.*\/statements\/\d{4}\/([^/?#]+)/.exec(address) ?? [];
  let parts = 0;
  return tokens(id ?? address).filter((token) => (parts > 0 ? parts-- && false : ((parts = token.parts.length), true)));
}

const KEPT = 30; // matches of units, as a search counts what others would find

export class Words {
  #matches = new Map(); // the promises of the latest, by unit

  constructor(postings, catalogue) {
    Object.assign(this, { postings, catalogue });
    if (postings.documents !== catalogue.size + postings.pages.length) throw new Error("the word index is of another edition");
  }

  /**
   * What has every unit and nothing excluded, as matches of units, each {scores, terms, filed}, with `scores` of all:
   * for each document its score, 0 if it does not match. The documents are the rows of the catalogue, then other pages.
   */
  async search(units) {
    const matches = await Promise.all(units.map((unit) => this.#match(unit)));
    return { matches, scores: this.#together(units, matches) };
  }

  /** The score of each document by the matches of some units. */
  #together(units, matches) {
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

  /** Whether a statement has a score. */
  finds(scores) {
    return scores.subarray(0, this.catalogue.size).some(Boolean);
  }

  #match(unit) {
    const { text, phrase, excluded } = unit;
    const name = JSON.stringify([text, phrase, excluded]);
    const match = this.#matches.get(name) ?? this.#unit(unit);
    match.catch(() => this.#matches.delete(name)); // the next search tries again
    this.#matches.delete(name);
    this.#matches.set(name, match);
    if (this.#matches.size > KEPT) this.#matches.delete(this.#matches.keys().next().value);
    return match;
  }

  async #unit({ text, phrase, excluded, date, authorities }) {
    const each = date ? [this.#date(date, text)] : phrase ? [this.#phrase(text)] : this.#terms(text, excluded);
    const terms = await Promise.all(each);
    const scores = terms[0].scores.slice();
    for (const { scores: others } of terms.slice(1)) {
      others.forEach((score, at) => (scores[at] = score && scores[at] && scores[at] + score));
    }
    const best = authorities.length || date ? scores.reduce((most, score) => Math.max(most, score), 0) || 1 : 0;
    const filed = authorities.map((value) => [value, this.catalogue.facet(value.facet).rows(value.place, true)]);
    for (const [, rows] of filed) for (const row of rows) scores[row] += best;
    if (date) for (const row of this.#dated(date)) scores[row] += best;
    return { scores, terms, filed };
  }

  #terms(text, excluded) {
    const { english } = this.postings;
    const others = whole(text.toLowerCase().replace(/./gu, (letter) => english[letter] ?? letter));
    return whole(text).map((token, at) => this.#term(token, others[at].word, excluded));
  }

  /** A word: its scores, and the `words` and `phrases` that excerpts mark. A joined one may stand in parts, in order. */
  async #term({ word, parts }, other, excluded) {
    const itself = excluded ? (rest) => !rest : undefined;
    const meant = (word) => this.postings.meant(word, itself);
    const forms = parts.map((part) => this.postings.meant(part, itself ?? this.postings.form));
    const [words, phrase] = await Promise.all([meant(word), Promise.all(forms)]);
    const known = words.size || other === word ? words : await meant(other);
    const weights = await this.postings.weights(known);
    if (parts.length) heavier(weights, await this.postings.phrase(phrase));
    return { ...this.#weighed(weights), words: known, phrases: parts.length ? [phrase] : [] };
  }

  /** A phrase, in which all joined words stand in parts, or all as one. */
  async #phrase(text) {
    const words = whole(text);
    const phrases = [words.flatMap(({ word, parts }) => (parts.length ? parts : [word]))];
    if (words.length < phrases[0].length) phrases.push(words.map(({ word }) => word));
    return this.#exactly(new Map(), phrases);
  }

  /** What tells of a date, as it is typed, in figures, or in words. */
  #date(date, text) {
    const [year, month, day] = date.split("-");
    const name = MONTHS[month - 1].toLowerCase();
    const words = [date.replaceAll("-", ""), ...(day ? [day + month + year] : [])].map((word) => [word, 1]);
    const phrases = day ? [[String(Number(day)), name, year], [name, String(Number(day)), year]] : [[name, year]];
    const typed = whole(text).flatMap(({ word, parts }) => (parts.length ? parts : [word]));
    return this.#exactly(new Map(words), [...phrases, typed]);
  }

  /** The rows of the statements of a date. */
  #dated(date) {
    const [first, last] = days(date);
    return this.catalogue.spans.flatMap(([from, to], row) => (from >= first && to <= last ? [row] : []));
  }

  /** What has one of these words, or of these phrases, as they are. */
  async #exactly(words, phrases) {
    const alone = phrases.map((phrase) => phrase.map((word) => new Map([[word, 1]])));
    const weights = await this.postings.weights(words);
    for (const phrase of alone) heavier(weights, await this.postings.phrase(phrase));
    return { ...this.#weighed(weights), words, phrases: alone };
  }

  /** The scores of weights: the fewer documents have one, the more each counts (BM25). */
  #weighed(weights) {
    const having = weights.reduce((count, weight) => count + (weight > 0), 0);
    const rarity = Math.log(1 + (this.postings.documents - having + 0.5) / (having + 0.5));
    return { scores: weights.map((weight) => rarity * weight), rarity };
  }
}

/** Raise weights to others that are heavier. */
function heavier(weights, others) {
  others.forEach((weight, at) => (weights[at] = Math.max(weight, weights[at])));
}
