// The catalogue of all statements: filter them by a search, and count them for each further choice.

import { days, exact, span } from "./dates.js";
import { key } from "./tokens.js";

/**
 * A facet as search/facets.py declares it: {name, legend, how, field, values, ...}. `columns` has for each field of the
 * statements, its own and the one that widens it, the places of a row's values.
 */
class Facet {
  #filed;
  #widened; // made on first use

  constructor({ rows, ...declared }) {
    Object.assign(this, declared);
    const alone = this.values.map((_, place) => [place]);
    const column = (rows) => rows.map((places) => (Array.isArray(places) ? places : alone[places]));
    this.columns = { [this.field]: column(rows), ...(this.wider && { [this.wider.field]: column(this.wider.rows) }) };
    this.below = below(this.values);
    this.#filed = above(this.values, this.columns[this.field]);
  }

  /** For each row the values it is filed under and all above them; if `widened`, also those of the wider field. */
  filed(widened) {
    if (!widened || !this.wider) return this.#filed;
    const [own, wider] = Object.values(this.columns);
    this.#widened ??= above(this.values, own.map((places, row) => [...new Set([...places, ...wider[row]])]));
    return this.#widened;
  }

  /** Every statement filed under this value, as a set of rows. */
  rows(place, widened) {
    const rows = new Set();
    this.filed(widened).forEach((places, row) => places.includes(place) && rows.add(row));
    return rows;
  }

  /** The place of the value with this id, or -1. */
  place(id) {
    return this.values.findIndex((value) => value.id === id);
  }

  /** How statements are filed under a value of this facet or of the one that widens it: "about or mentioning". */
  get scope() {
    return `${this.how} or ${this.wider.how}`;
  }

  /** The labels of the values in a field of a statement. */
  labels(row, field = this.field) {
    return this.columns[field][row].map((place) => this.values[place].label);
  }
}

export class Catalogue {
  #names; // made on first use

  /** `data` is what catalogue.json holds, as search/facets.py makes it. Rows are statements, oldest first. */
  constructor(data) {
    this.edition = data.edition;
    this.block = data.block;
    this.size = data.dates.length;
    this.dates = data.dates;
    this.spans = data.dates.map(span);
    this.years = years(this.spans);
    this.exact = data.dates.map(exact);
    this.marked = data.dates.map((date) => /[?~]/.test(date));
    this.facets = data.facets.map((declared) => new Facet(declared));
    this.indexes = data.indexes; // in words: "Events and addressees"
  }

  /** Every name of every entry of an index: {facet, place, name, key}, the key being its folded words. */
  get names() {
    this.#names ??= this.facets.flatMap(names);
    return this.#names;
  }

  /** The facet of this name. */
  facet(name) {
    return this.facets.find((facet) => facet.name === name);
  }

  /**
   * The rows of a search and the counts of each choice. `state` is that of state.js, `matching` has for each row whether it
   * matches the words, or is null.
   *
   * One pass counts for each row how many of the limits exclude it. A row that a single limit excludes still counts for
   * that limit's own choices: so a facet shows what choosing another of its values would add.
   */
  select(state, matching) {
    const limits = this.#limits(state, matching);
    const kept = [];
    const counts = Object.fromEntries(this.facets.map(({ name, values }) => [name, new Int32Array(values.length)]));
    const dated = [];
    const columns = this.facets.map((facet) => [facet.name, filed(facet, state), counts[facet.name]]);
    for (let row = 0; row < this.size; row++) {
      let failed = "";
      let fails = 0;
      for (const [name, keeps] of limits) {
        if (keeps(row)) continue;
        failed = name;
        if (++fails > 1) break;
      }
      if (fails > 1) continue;
      if (!fails) kept.push(row);
      if (!fails || failed === "dates") dated.push(row);
      for (const [name, column, count] of columns) {
        if (fails && failed !== name) continue;
        for (const place of column[row]) count[place]++;
      }
    }
    return { rows: kept, counts, bars: this.#bars(state, dated) };
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
      const chosen = new Set(state[facet.name].map((id) => facet.place(id)));
      const column = filed(facet, state);
      if (chosen.size) limits.push([facet.name, (row) => column[row].some((place) => chosen.has(place))]);
    }
    return limits;
  }

  #bars(state, rows) {
    const year = state.from && state.from.slice(0, 4) === state.to.slice(0, 4) ? state.from.slice(0, 4) : "";
    const keys = year ? Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, "0")}`) : this.years;
    const [from, to] = bounds(state);
    const limited = Boolean(state.from || state.to);
    const items = keys.map((key) => {
      const [first, last] = days(key);
      return { key, first, last, count: 0, maybe: 0, inside: limited && last >= from && first <= to };
    });
    for (const row of rows) {
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

/** The years of the statements, and those between. */
function years(spans) {
  if (!spans.length) return [];
  const year = (day) => Math.floor(day / 10000);
  const first = spans.reduce((least, [day]) => Math.min(least, year(day)), Infinity);
  const last = spans.reduce((most, [, day]) => Math.max(most, year(day)), 0);
  return Array.from({ length: last - first + 1 }, (_, year) => String(first + year).padStart(4, "0"));
}

/** The first and the last day of a search's range, as YYYYMMDD. */
function bounds({ from, to }) {
  return [from ? days(from)[0] : 0, to ? days(to)[1] : Infinity];
}

/** For each row the values it is filed under, widened if the search is. */
function filed(facet, state) {
  return facet.filed(state[facet.wider?.field]);
}

/** Each row's values with all values above them, each once. */
function above(values, rows) {
  const chains = values.map((_, place) => {
    const chain = [];
    for (let at = place; at !== undefined && !chain.includes(at); at = values[at].parent) chain.push(at);
    return chain;
  });
  return rows.map((places) =>
    places.every((place) => chains[place].length === 1) ? places : [...new Set(places.flatMap((place) => chains[place]))],
  );
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
    [label, ...names].map((name) => ({ facet, place, name, key: key(name) })),
  );
}
