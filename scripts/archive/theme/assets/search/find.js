// Run a search and return its outcome as plain data for the views.

import { FACETS } from "./catalogue.js";
import { exact, MONTHS, range, words as inWords } from "./dates.js";
import { CITATIONS } from "./download.js";
import { excerpt } from "./excerpt.js";
import * as spelling from "./spelling.js";
import { authority, permanent, statement } from "./store.js";
import { units } from "./words.js";

const MANY = 12; // words, names and phrases of one search
const LEGENDS = {
  event: ["Event", "An event includes its parts."],
  addressee: ["Addressee", "A body includes those under it."],
  form: ["Form", ""],
  language: ["Language of the summary", ""],
  original: ["Language of the statement", ""],
};

/** The outcome of a search, without its `results`, which `described` gives, and `near`, which `nearest` gives. */
export async function find(state, store) {
  const catalogue = store.catalogue;
  const all = units(state.q, catalogue);
  const wanted = all.slice(0, MANY);
  const matching = wanted.length ? await (await store.words()).search(wanted) : null;
  const { rows, counts, without, bars } = catalogue.select(state, matching?.rows ?? null);
  const sort = (state.sort === "relevance" && !matching ? "" : state.sort) || (matching ? "relevance" : "newest");
  return {
    state,
    problems: ignored(state.q, all),
    sort,
    all: catalogue.size,
    total: rows.length,
    unsure: rows.filter((row) => catalogue.maybe(row, state)).length, // statements that may lie outside the range
    rows: ordered(rows, sort, matching?.rows),
    matches: matching?.rows ?? new Map(),
    pages: (matching?.pages ?? []).map(({ facet, place }) => page(facet, catalogue.values[facet][place])),
    facets: FACETS.map((facet) => choices(facet, counts[facet], state, catalogue)),
    bars: { ...bars, items: bars.items.map((item) => ({ ...item, label: label(item.key) })) },
    units: wanted.map((unit, number) => ({ ...unit, name: names(unit, catalogue), count: matching.counts[number] })),
    parts: parts(state, all, catalogue),
    loosen: rows.length ? [] : [...withMentions(state, catalogue, matching), ...loosened(state, without)],
    suggestions: suggestions(state, store),
    near: [],
    results: [],
    more: rows.length,
  };
}

/** The results from one place to another, in the order of the outcome. */
export function described(outcome, store, from, to) {
  return Promise.all(outcome.rows.slice(from, to).map((row) => result(row, outcome, store)));
}

async function result(row, outcome, store) {
  const { catalogue } = store;
  const match = outcome.matches.get(row);
  const page = await match?.data?.();
  const [id, title] = page ? [page.url.split("/").at(-2), page.meta.title] : await store.record(row);
  const date = catalogue.dates[row];
  return {
    id,
    title,
    href: statement(id),
    date,
    dateWords: exact(date) ? "" : inWords(date),
    maybe: catalogue.maybe(row, outcome.state),
    form: catalogue.labels("form", row)[0],
    addressees: catalogue.labels("addressee", row),
    events: catalogue.labels("event", row),
    filed: match?.data ? [] : (match?.filed ?? []).map(({ facet, place }) => catalogue.values[facet][place].label),
    excerpt: page && excerpt(page.raw_content, match.at, page.anchors),
  };
}

/** All results as rows of a table. */
export function tabulated(outcome, store) {
  const { catalogue } = store;
  const plain = (labels) => labels.map((text) => text.replaceAll("\u2060", "").replaceAll("\u00a0", " "));
  return Promise.all(
    outcome.rows.map(async (row) => {
      const [id, title, basis] = await store.record(row);
      return {
        id,
        date: catalogue.dates[row],
        date_basis: basis,
        title: plain([title])[0],
        form: catalogue.labels("form", row)[0],
        addressees: plain(catalogue.labels("addressee", row)),
        events: plain(catalogue.labels("event", row)),
        mentions: plain(catalogue.labels("mention", row)),
        language: catalogue.labels("language", row)[0],
        original_language: catalogue.labels("original", row)[0] ?? "",
        address: permanent(id),
      };
    }),
  );
}

/** A file of the citations of all results, in their order, in a format of download.js. */
export async function cited(outcome, store, ending) {
  const ids = await Promise.all(outcome.rows.map(async (row) => (await store.record(row))[0]));
  const years = [...new Set(ids.map((id) => id.slice(0, 4)))];
  const files = await Promise.all(years.map((year) => store.citations(year, ending)));
  const { entries, file } = CITATIONS[ending];
  const citations = new Map(files.flatMap(entries));
  if (!ids.every((id) => citations.has(id))) throw new Error("the citations are of another edition");
  return file(ids.map((id) => citations.get(id)));
}

/** For words in no record: {near: similar words of the index, suggestions: authorities with a similar name}. */
export async function nearest(outcome, store) {
  const missing = outcome.units.filter(({ count }) => !count);
  if (!missing.length) return {};
  const vocabulary = await store.vocabulary();
  const replaced = (unit, text) => outcome.units.map((other) => (other === unit ? text : typed(other))).filter(Boolean).join(" ");
  const near = missing.flatMap((unit) =>
    spelling.nearest(unit.text, vocabulary).map((text) => ({ text, changes: { q: replaced(unit, text) } })),
  );
  const names = missing.flatMap((unit) =>
    spelling.nearestNames(unit.text, store.catalogue).map((name) => suggestion(name, replaced(unit, ""), outcome.state, store)),
  );
  const present = new Set(outcome.suggestions.map(({ kind, id }) => kind + id));
  const others = names.filter((name) => name && !present.has(name.kind + name.id));
  return { near, suggestions: [...outcome.suggestions, ...others] };
}

/** Events and addressees whose names are typed, at least in part. */
export function suggestions(state, store) {
  const names = spelling.beginning(state.q, store.catalogue);
  return names.map(({ name, rest }) => suggestion(name, rest, state, store)).filter(Boolean);
}

/** A suggestion to search by an authority in place of its name; null if it is chosen already or has no statements. */
function suggestion({ facet, place, name }, q, state, { catalogue }) {
  const { id, label } = catalogue.values[facet][place];
  const own = catalogue.rows(facet, place).size;
  const count = own || catalogue.rows(facet, place, true).size;
  if (!count || state[facet].includes(id)) return null;
  const changes = { q, [facet]: [...state[facet], id], ...(own ? {} : { mentions: true }) };
  return { kind: facet, id, label, name: name === label ? "" : name, count, changes };
}

function ordered(rows, sort, matches) {
  if (sort === "oldest") return rows;
  const newest = [...rows].reverse();
  return sort === "newest" ? newest : newest.sort((one, other) => matches.get(other).score - matches.get(one).score);
}

function page(facet, { id, label }) {
  return { kind: facet, label, href: authority(facet, id) };
}

function choices(facet, counts, state, catalogue) {
  const [legend, note] = LEGENDS[facet];
  const under = catalogue.below[facet];
  const values = catalogue.values[facet].map(({ id, label }, place) => ({
    id,
    label,
    count: counts[place],
    chosen: state[facet].includes(id),
    under: under[place],
  }));
  return { name: facet, legend, note: under.some(Boolean) ? note : "", values };
}

function label(key) {
  return key.length > 4 ? MONTHS[Number(key.slice(5)) - 1].slice(0, 3) : key;
}

/** The parts of a search, each with the changes that remove it. */
function parts(state, all, catalogue) {
  const list = FACETS.flatMap((facet) =>
    state[facet].map((id) => ({
      kind: facet,
      id,
      text: catalogue.values[facet][catalogue.place(facet, id)].label,
      without: { [facet]: state[facet].filter((other) => other !== id) },
    })),
  );
  if (state.mentions && state.event.length) list.push({ kind: "mentions", id: "", text: "", without: { mentions: false } });
  if (state.from || state.to) {
    list.push({ kind: "dates", id: "", text: range(state.from, state.to), without: { from: "", to: "" } });
  }
  for (const unit of all.slice(0, MANY)) {
    const rest = all.filter((other) => other !== unit);
    list.push({ kind: "q", id: unit.text, text: `“${unit.text}”`, without: { q: rest.map(typed).join(" ") } });
  }
  return list;
}

/** Messages about words typed that are not searched for. */
function ignored(q, { length }) {
  if (q && !length) return [`“${q}” has no letter or number to search for; it is ignored.`];
  return length > MANY ? [`Only the first ${MANY} words are searched for.`] : [];
}

/** The labels of the authorities that a unit names. */
function names({ authorities }, { values }) {
  return authorities.map(({ facet, place }) => values[facet][place].label).join(" and ");
}

/** A unit as a reader types it. */
function typed({ text, phrase }) {
  return phrase ? `"${text}"` : text;
}

/** An offer to include statements that only mention an event, if there are any. */
function withMentions(state, catalogue, matching) {
  const changes = { mentions: true };
  const total = catalogue.select({ ...state, ...changes }, matching?.rows ?? null).rows.length;
  return total ? [{ text: "with statements that only mention it", total, changes }] : [];
}

/** Offers to drop each limit without which there are results, with their number. */
function loosened(state, without) {
  const offers = {
    q: [`without the words ${state.q}`, { q: "" }],
    dates: ["with any date", { from: "", to: "" }],
    ...Object.fromEntries(FACETS.map((facet) => [facet, [`with any ${LEGENDS[facet][0].toLowerCase()}`, { [facet]: [] }]])),
  };
  const list = [...without].map(([limit, total]) => ({ text: offers[limit][0], total, changes: offers[limit][1] }));
  return list.filter(({ total }) => total).sort((one, other) => one.total - other.total);
}
