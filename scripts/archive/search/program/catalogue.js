// The catalogue of all statements: filter them by a search, and count them for each further choice.

import { days, exact, span } from "./dates.js";
import { reader } from "./postings.js";
import { fold, key } from "./tokens.js";

/**
 * The values of each row: their places in the facet's list, those of a row from one of `starts` to the next. The first rows
 * may be left out.
 */
class Column {
  constructor(counts, places, leftOut = 0) {
    this.places = places;
    this.leftOut = leftOut;
    this.starts = new Int32Array(counts.length + 1);
    for (let at = 0; at < counts.length; at++) this.starts[at + 1] = this.starts[at] + counts[at];
  }

  of(row) {
    return this.places.slice(this.starts[row - this.leftOut], this.starts[row - this.leftOut + 1]);
  }

  /** Whether a row has one of the places for which `wanted` has a 1. */
  meets(row, wanted) {
    for (let at = this.starts[row]; at < this.starts[row + 1]; at++) if (wanted[this.places[at]]) return true;
    return false;
  }

  /** Add a row to the counts of its places. */
  count(row, counts) {
    for (let at = this.starts[row]; at < this.starts[row + 1]; at++) counts[this.places[at]]++;
  }
}

/**
 * A facet as search/facets.py declares it: {name, legend, how, field, values, counts, ...}. `columns` has for each field of
 * the statements, its own and the one that widens it, the values of the rows: of the newest, until it is filled.
 */
class Facet {
  #filed;
  #widened; // made on first use

  constructor({ rows, ...declared }, size) {
    Object.assign(this, declared);
    this.columns = { [this.field]: newest(rows, size) };
    if (this.wider) this.columns[this.wider.field] = newest(this.wider.rows, size);
    this.below = below(this.values);
  }

  /** Take the values of all rows from a file of columns. */
  fill(read, size) {
    for (const field of Object.keys(this.columns)) {
      const counts = numbers(read, size);
      this.columns[field] = new Column(counts, numbers(read, counts.reduce((sum, count) => sum + count, 0)));
    }
    this.#filed = filed(this.values, size, [this.columns[this.field]]);
  }

  /** Whether the values of all rows are known. */
  get filled() {
    return Boolean(this.#filed);
  }

  /** For each row the values it is filed under and all above them; if `widened`, also those of the wider field. */
  filed(widened) {
    if (!widened || !this.wider) return this.#filed;
    const columns = Object.values(this.columns);
    return (this.#widened ??= filed(this.values, columns[0].starts.length - 1, columns));
  }

  /** Every statement filed under this value, as a set of rows. */
  rows(place, widened) {
    const column = this.filed(widened);
    const wanted = this.marks([place]);
    const rows = new Set();
    for (let row = 0; row < column.starts.length - 1; row++) if (column.meets(row, wanted)) rows.add(row);
    return rows;
  }

  /** For each value 1 if its place is among these. */
  marks(places) {
    const marks = new Uint8Array(this.values.length);
    for (const place of places) marks[place] = 1;
    return marks;
  }

  /** The place of the value with this id, or -1. */
  place(id) {
    return this.values.findIndex((value) => value.id === id);
  }

  /** How statements are filed under a value of this facet or of the one that widens it: "about or mentioning". */
  get scope() {
    return `${this.how} or ${this.wider.how}`;
  }

  /** The fields of a statement by which it is filed, its own first. */
  get fields() {
    return Object.keys(this.columns);
  }

  /** The labels of the values in a field of a statement with this filing. */
  labels(filing, field = this.field) {
    return (filing[field] ?? []).map((id) => this.values[this.place(id)].label);
  }

  /** The places of the values that a statement with this filing is filed under, in any field, and of all above them. */
  within(filing) {
    const places = new Set();
    for (const id of this.fields.flatMap((field) => filing[field] ?? [])) {
      for (let at = this.place(id); at !== undefined && !places.has(at); at = this.values[at].parent) places.add(at);
    }
    return [...places];
  }
}

const DATE = 3; // words

export class Catalogue {
  #names; // made on first use
  #named = new Map(); // names by their keys, by the first letter of these
  #longest;

  /** `data` is what catalogue.json holds, as search/facets.py makes it. Rows are statements, oldest first. */
  constructor({ facets, dates, rows, ...data }) {
    Object.assign(this, data); // edition, size, block, columns, years, and indexes in words: "Events and addressees"
    this.dates = new Array(this.size - dates.length).concat(dates); // of the newest, until it is filled
    this.records = new Array(this.size - rows.length).concat(rows); // of the newest
    this.facets = facets.map((declared) => new Facet(declared, this.size));
  }

  /** Take the dates and the values of all rows from a file of columns, as search/facets.py packs them. */
  fill(bytes) {
    const end = bytes.indexOf(10);
    const texts = new TextDecoder().decode(bytes.subarray(0, end)).split(" ");
    let date = "";
    this.dates = texts.slice(0, this.size).map((text) => (date = date.slice(0, parseInt(text[0], 16)) + text.slice(1)));
    this.#fill(bytes, end + 1, false);
    this.spans = this.dates.map(span);
    this.exact = this.dates.map(exact);
    this.marked = this.dates.map((date) => /[?~]/.test(date));
  }

  /** Take the values of the facets that are counted later, from a file of their own. */
  complete(bytes) {
    this.#fill(bytes, 0, true);
  }

  #fill(bytes, start, later) {
    const read = reader(bytes, start);
    for (const facet of this.facets) if (Boolean(facet.later) === later) facet.fill(read, this.size);
    if (read.at !== bytes.length) throw new Error("the columns are damaged");
  }

  get filled() {
    return Boolean(this.spans);
  }

  get whole() {
    return this.filled && this.facets.every(({ filled }) => filled);
  }

  /** Every name of every entry of an index: {facet, place, name, key}, the key being its folded words. */
  get names() {
    this.#names ??= this.facets.flatMap(names);
    return this.#names;
  }

  /** The names with this key. Those of every other letter are left as they are: it takes longer than a search. */
  named(key) {
    if (!this.#named.has(key[0])) {
      const names = new Map();
      for (const name of this.names) if (name.mayBegin(key[0])) names.set(name.key, [...(names.get(name.key) ?? []), name]);
      this.#named.set(key[0], names);
    }
    return this.#named.get(key[0]).get(key) ?? [];
  }

  /** How many words the longest name, or a date, has at most. */
  get longest() {
    this.#longest ??= this.names.reduce((most, { name }) => Math.max(most, name.split(/[^\w\u00aa-\u1fff\u2c00-\uffff]+/).length), DATE);
    return this.#longest;
  }

  /** The pages of the entries of indexes, as the word index has others: [title, kind, address]. */
  entries() {
    const indexed = this.facets.filter(({ index }) => index);
    return indexed.flatMap(({ index, legend, values }) => values.map(({ id, label }) => [label, legend, `${index}/${id}/`]));
  }

  /** The facet of this name. */
  facet(name) {
    return this.facets.find((facet) => facet.name === name);
  }

  /** Whether date and values of this row are known. */
  knows(row) {
    return this.dates[row] !== undefined;
  }

  /** The ids of a row's values that are known, by the field of the statement. */
  filing(row) {
    const ids = ({ values, columns }, field) => columns[field].of(row).map((place) => values[place].id);
    const known = this.facets.filter(({ filled, later }) => filled || !later);
    return Object.fromEntries(known.flatMap((facet) => facet.fields.map((field) => [field, ids(facet, field)])));
  }

  /**
   * The rows of a search and the counts of each choice, but for facets that are not filled. `state` is that of state.js, `matching` has for each row whether it
   * matches the words, or is null. A search that excludes nothing is counted already; any other needs the columns.
   *
   * One pass counts for each row how many of the limits exclude it. A row that a single limit excludes still counts for
   * that limit's own choices: so a facet shows what choosing another of its values would add.
   */
  select(state, matching) {
    const limits = this.#limits(state, matching);
    if (!limits.length) {
      const counts = Object.fromEntries(this.facets.map((facet) => [facet.name, (widens(facet, state) ? facet.wider : facet).counts]));
      return { rows: Array.from({ length: this.size }, (_, row) => row), counts, bars: this.#bars(state, null) };
    }
    const filled = this.facets.filter(({ filled }) => filled);
    const counts = Object.fromEntries(filled.map(({ name, values }) => [name, new Array(values.length).fill(0)]));
    const columns = filled.map((facet) => [facet.name, facet.filed(widens(facet, state)), counts[facet.name]]);
    const rows = [];
    const dated = [];
    for (let row = 0; row < this.size; row++) {
      let failed = "";
      let fails = 0;
      for (const [name, keeps] of limits) {
        if (keeps(row)) continue;
        failed = name;
        if (++fails > 1) break;
      }
      if (fails > 1) continue;
      if (!fails) rows.push(row);
      if (!fails || failed === "dates") dated.push(row);
      for (const [name, column, count] of columns) if (!fails || failed === name) column.count(row, count);
    }
    return { rows, counts, bars: this.#bars(state, dated) };
  }

  /** The number of rows of a search, given as for `select`. */
  count(state, matching) {
    const limits = this.#limits(state, matching);
    return this.spans.filter((_, row) => limits.every(([, keeps]) => keeps(row))).length;
  }

  /** Whether the statement's date may lie in the range or outside it. */
  maybe(row, state) {
    return Boolean(state.from || state.to) && this.#uncertain(row, ...bounds(state));
  }

  #uncertain(row, first, last) {
    if (this.exact[row]) return false;
    return this.marked[row] || this.spans[row][0] < first || this.spans[row][1] > last;
  }

  #limits(state, matching) {
    const limits = [];
    if (matching) limits.push(["q", (row) => matching[row] > 0]);
    if (state.from || state.to) {
      const [first, last] = bounds(state);
      limits.push(["dates", (row) => this.spans[row][1] >= first && this.spans[row][0] <= last]);
    }
    for (const facet of this.facets) {
      if (!state[facet.name].length) continue;
      const chosen = facet.marks(state[facet.name].map((id) => facet.place(id)));
      const column = facet.filed(widens(facet, state));
      limits.push([facet.name, (row) => column.meets(row, chosen)]);
    }
    return limits;
  }

  /** The bars of the histogram, with the numbers of these rows; if they are null, of all. */
  #bars(state, rows) {
    const year = state.from && state.from.slice(0, 4) === state.to.slice(0, 4) ? state.from.slice(0, 4) : "";
    const { first, counts, maybe } = this.years;
    const keys = year
      ? Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, "0")}`)
      : counts.map((_, at) => String(first + at).padStart(4, "0"));
    const [from, to] = bounds(state);
    const limited = Boolean(state.from || state.to);
    const items = keys.map((key, at) => {
      const [first, last] = days(key);
      const numbers = rows ? { count: 0, maybe: 0 } : { count: counts[at], maybe: maybe[at] };
      return { key, first, last, ...numbers, inside: limited && last >= from && first <= to };
    });
    for (const row of rows ?? []) {
      const [first, last] = this.spans[row];
      let at = items.findLastIndex((item) => item.first <= first);
      for (at = Math.max(at, 0); items[at]?.first <= last; at++) {
        if (items[at].last < first) continue;
        items[at].count++;
        if (this.#uncertain(row, items[at].first, items[at].last)) items[at].maybe++;
      }
    }
    return { unit: year ? "month" : "year", year, items };
  }
}

/** The first and the last day of a search's range, as YYYYMMDD. */
function bounds({ from, to }) {
  return [from ? days(from)[0] : 0, to ? days(to)[1] : Infinity];
}

/** A column that has the values of the newest rows alone. */
function newest(rows, size) {
  return new Column(rows.map(({ length }) => length), rows.flat(), size - rows.length);
}

/** Whether the search widens the facet. */
function widens({ wider }, state) {
  return Boolean(wider) && state[wider.field];
}

function numbers(read, length) {
  const list = [];
  while (list.length < length) list.push(read());
  return list;
}

/** A column with the values of some columns and all values above them, each once. */
function filed(values, size, columns) {
  if (columns.length === 1 && values.every(({ parent }) => parent === undefined)) return columns[0];
  const chains = values.map((_, place) => {
    const chain = [];
    for (let at = place; at !== undefined && !chain.includes(at); at = values[at].parent) chain.push(at);
    return chain;
  });
  const last = new Array(values.length); // the row to which each value was added last
  const counts = new Array(size).fill(0);
  const places = [];
  const add = (row, place) => {
    if (last[place] === row) return;
    last[place] = row;
    places.push(place);
    counts[row]++;
  };
  for (let row = 0; row < size; row++) {
    for (const { starts, places: own } of columns) {
      for (let at = starts[row]; at < starts[row + 1]; at++) for (const place of chains[own[at]]) add(row, place);
    }
  }
  return new Column(counts, places);
}

/** How many values are below each value, at any depth. */
function below(values) {
  const counts = values.map(() => 0);
  for (const value of values) {
    const seen = new Set();
    for (let at = value.parent; at !== undefined && !seen.has(at); at = values[at].parent) {
      seen.add(at);
      counts[at]++;
    }
  }
  return counts;
}

function names({ name: facet, index, values }) {
  return (index ? values : []).flatMap(({ label, names }, place) =>
    [label, ...names].map((name) => new Name(facet, place, name)),
  );
}

class Name {
  #key; // made on first use: that of every name takes longer than a search

  constructor(facet, place, name) {
    Object.assign(this, { facet, place, name });
  }

  get key() {
    return (this.#key ??= key(this.name));
  }

  /** Whether the key may begin with this letter, as far as can be seen without it. */
  mayBegin(letter) {
    if (/^[a-z]/i.test(this.name)) return this.name[0].toLowerCase() === letter;
    const folded = fold(this.name);
    const plain = /^[a-z]|^[а-я][^a-z]*$/.test(folded); // what its words are compared by begins as it is written
    return folded[0] === letter || !plain;
  }
}
