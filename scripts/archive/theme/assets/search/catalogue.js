// The catalogue of all statements: filter them by a search, and count them for each further choice.

import { days, exact, span } from "./dates.js";
import { tokens } from "./fold.js";

export const FACETS = ["event", "addressee", "form", "language", "original"];
const AUTHORITIES = { event: "events", addressee: "addressees" };
const LISTS = { ...AUTHORITIES, form: "forms", language: "languages", original: "languages" };

export class Catalogue {
  #data;
  #mentioning; // `under.event` with the events that are only mentioned; made on first use

  /** `data` is what catalogue.json holds, as search/facets.py makes it. Rows are statements, oldest first. */
  constructor(data) {
    this.#data = data;
    this.edition = data.edition;
    this.block = data.block;
    this.size = data.dates.length;
    this.dates = data.dates;
    this.spans = data.dates.map(span);
    this.exact = data.dates.map(exact);
    this.marked = data.dates.map((date) => /[?~]/.test(date));
    this.values = Object.fromEntries(FACETS.map((facet) => [facet, data[LISTS[facet]]]));
    this.own = {
      event: data.event,
      mention: data.mention,
      addressee: data.addressee,
      ...Object.fromEntries(["form", "language", "original"].map((facet) => [facet, alone(data[facet], this.values[facet])])),
    };
    this.under = { event: above(data.events, data.event), addressee: above(data.addressees, data.addressee) };
    this.below = Object.fromEntries(FACETS.map((facet) => [facet, below(this.values[facet])]));
    this.names = Object.keys(AUTHORITIES).flatMap((facet) => names(facet, this.values[facet]));
  }

  /** The values a statement is filed under and all above them; with `mentions` also events that it only mentions. */
  filed(facet, row, mentions = false) {
    return this.#column(facet, mentions)[row];
  }

  #column(facet, mentions) {
    return facet === "event" && mentions ? this.#withMentions() : (this.under[facet] ?? this.own[facet]);
  }

  #withMentions() {
    const { events, event, mention } = this.#data;
    this.#mentioning ??= above(events, event.map((places, row) => [...places, ...mention[row]]));
    return this.#mentioning;
  }

  /** The place of the value with this id in its facet, or -1. */
  place(facet, id) {
    return this.values[facet].findIndex((value) => value.id === id);
  }

  /** The labels of the values that a statement itself names; `facet` may also be "mention". */
  labels(facet, row) {
    const values = this.values[facet === "mention" ? "event" : facet];
    return this.own[facet][row].map((place) => values[place].label);
  }

  /** Every statement filed under this value, as a set of rows. */
  rows(facet, place, mentions = false) {
    const rows = new Set();
    this.#column(facet, mentions).forEach((places, row) => places.includes(place) && rows.add(row));
    return rows;
  }

  /**
   * The rows of a search and the counts of each choice. `state` is that of state.js, `matching` has the rows that match
   * the words, or is null.
   *
   * One pass counts for each row how many of the limits exclude it. A row that a single limit excludes still counts for
   * that limit's own choices: so a facet shows what choosing another of its values would add.
   */
  select(state, matching) {
    const limits = this.#limits(state, matching);
    const kept = [];
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Int32Array(this.values[facet].length)]));
    const without = new Map(limits.map(([name]) => [name, 0]));
    const dated = [];
    const columns = FACETS.map((facet) => [facet, this.#column(facet, state.mentions), counts[facet]]);
    for (let row = 0; row < this.size; row++) {
      let failed = "";
      let fails = 0;
      for (const [name, keeps] of limits) {
        if (keeps(row)) continue;
        failed = name;
        if (++fails > 1) break;
      }
      if (fails > 1) continue;
      if (fails) without.set(failed, without.get(failed) + 1);
      else kept.push(row);
      if (!fails || failed === "dates") dated.push(row);
      for (const [facet, column, count] of columns) {
        if (fails && failed !== facet) continue;
        for (const place of column[row]) count[place]++;
      }
    }
    for (const [name, more] of without) without.set(name, more + kept.length);
    return { rows: kept, counts, without, bars: this.#bars(state, dated) };
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
    if (matching) limits.push(["q", (row) => matching.has(row)]);
    if (state.from || state.to) {
      const [first, last] = bounds(state);
      limits.push(["dates", (row) => this.spans[row][1] >= first && this.spans[row][0] <= last]);
    }
    for (const facet of FACETS) {
      const chosen = new Set(state[facet].map((id) => this.place(facet, id)));
      const column = this.#column(facet, state.mentions);
      if (chosen.size) limits.push([facet, (row) => column[row].some((place) => chosen.has(place))]);
    }
    return limits;
  }

  #bars(state, rows) {
    const year = state.from && state.from.slice(0, 4) === state.to.slice(0, 4) ? state.from.slice(0, 4) : "";
    const keys = year ? Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, "0")}`) : this.#years();
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

  #years() {
    if (!this.size) return [];
    const year = (day) => Math.floor(day / 10000);
    const first = this.spans.reduce((least, [day]) => Math.min(least, year(day)), Infinity);
    const last = this.spans.reduce((most, [, day]) => Math.max(most, year(day)), 0);
    return Array.from({ length: last - first + 1 }, (_, year) => String(first + year).padStart(4, "0"));
  }
}

/** The first and the last day of a search's range, as YYYYMMDD. */
function bounds({ from, to }) {
  return [from ? days(from)[0] : 0, to ? days(to)[1] : Infinity];
}

/** A column of single values, -1 for none, as one of lists. */
function alone(column, values) {
  const lists = values.map((_, place) => [place]);
  return column.map((place) => lists[place] ?? []);
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

/** Every name of every value: {facet, place, name, key}, the key being its folded words. */
function names(facet, values) {
  return values.flatMap((value, place) =>
    [value.label, ...value.names].map((name) => ({ facet, place, name, key: tokens(name).join(" ") })),
  );
}
