// Run a search and return its outcome as plain data for the views.

import { exact, MONTHS, range, words as inWords } from "./dates.js";
import { CITATIONS } from "./download.js";
import { excerpt, marking } from "./excerpt.js";
import { loosen } from "./loosen.js";
import * as spelling from "./spelling.js";
import { format, quoted } from "./state.js";
import { permanent, statement, turn, within } from "./store.js";
import { units as unitsOf } from "./words.js";

export const AT_ONCE = 10; // results
const MANY = 12; // words, names and phrases of one search
const PAGES = 20; // beside the statements
const REASONS = 3; // entries of the indexes that a result says it is found by

/**
 * The outcome of a search, without its `results`, which `described` gives, what `counted` gives, and what `nearest` gives.
 *
 * A search for words alone does not wait for the columns of the catalogue: its first results need none.
 */
export async function find(state, store) {
  const catalogue = store.catalogue;
  const all = unitsOf(state.q, catalogue);
  const wanted = all.slice(0, MANY);
  const ranked = wanted.some(({ excluded }) => !excluded);
  const sort = (state.sort === "relevance" && !ranked ? "" : state.sort) || (ranked ? "relevance" : "newest");
  const limited = (changes) => format({ ...state, sort: "", ...changes }, catalogue.facets) !== "";
  if (limited({ q: "" })) store.begin();
  const named = later(state, wanted, catalogue);
  if (named || wanted.some(({ authorities, date }) => authorities.length || date)) await store.columns(named);
  const words = wanted.length ? await store.words() : null;
  const { matches, scores } = words ? await words.search(wanted) : { matches: [], scores: null };
  const alone = ranked && !limited({ q: "" });
  if (limited() && !alone) await store.columns();
  const selected = alone ? null : catalogue.select(state, scores);
  const rows = selected?.rows ?? having(scores, catalogue);
  const units = wanted.map((unit, number) => ({ ...unit, names: names(unit, catalogue), found: words.finds(matches[number].scores) }));
  return {
    state,
    problems: ignored(state.q, all),
    sort,
    all: catalogue.size,
    total: rows.length,
    unsure: state.from || state.to ? rows.filter((row) => catalogue.maybe(row, state)).length : 0, // statements that may lie outside the range
    scores,
    selected,
    facets: catalogue.facets,
    rows: ordered(rows, sort, scores),
    matches: matches.filter((_, number) => !wanted[number].excluded),
    pages: ranked ? pages(words.postings.pages, catalogue.size, scores) : [],
    indexes: catalogue.indexes,
    units: units.filter(({ excluded }) => !excluded),
    excluded: units.filter(({ excluded }) => excluded),
    parts: parts(state, all, catalogue),
    near: [],
    similar: [],
    loosen: [],
    results: [],
  };
}

/** Whether a search needs the columns of facets that are counted later: by its limits, or by a name that is typed. */
function later(state, units, catalogue) {
  const names = units.flatMap(({ authorities }) => authorities.map(({ facet }) => facet));
  return catalogue.facets.some(({ name, later }) => later && (state[name].length > 0 || names.includes(name)));
}

/** The rows that match the words. */
function having(scores, { size }) {
  const rows = [];
  for (let row = 0; row < size; row++) if (scores[row] > 0) rows.push(row);
  return rows;
}

/** The choices of an outcome, with their counts: {facets, bars}. */
export async function counted({ state, scores, selected }, store) {
  const { catalogue } = store;
  if (!selected) await store.columns();
  const { counts, bars } = selected ?? catalogue.select(state, scores);
  return {
    facets: catalogue.facets.map((facet) => choices(facet, counts[facet.name], state)),
    bars: { ...bars, items: bars.items.map((item) => ({ ...item, label: label(item.key) })) },
  };
}

/** The results from one place to another, in the order of the outcome. */
export async function described(outcome, store, from, to) {
  return Promise.all(outcome.rows.slice(from, to).map((row) => result(row, outcome, store)));
}

async function result(row, outcome, store) {
  const { catalogue } = store;
  const terms = outcome.matches.flatMap((match) => match.terms);
  const { id, title, date, filing, texts } = await (terms.length ? store.texts(row) : store.record(row));
  const shown = terms.length ? excerpt(texts, terms) : null;
  return {
    id,
    title,
    href: statement(id),
    date,
    dateWords: exact(date) ? "" : inWords(date),
    maybe: catalogue.maybe(row, outcome.state),
    about: about(filing, catalogue),
    filed: shown ? filed(row, filing, outcome, [...shown.seen, ...marking(title, terms)], catalogue) : [],
    excerpt: shown,
  };
}

/** The entries by whose names a statement is found, where its own words have not all that is looked for. */
function filed(row, filing, { matches }, seen, catalogue) {
  const values = (facet) => (facet.index ? facet.within(filing).map((place) => facet.values[place]) : []);
  const labels = matches.flatMap((match) => {
    const unseen = match.terms.filter((term) => !seen.includes(term));
    if (!unseen.length) return [];
    const named = match.filed.filter(([, rows]) => rows.has(row)).map(([value]) => labelled(value, catalogue));
    if (named.length) return named;
    return catalogue.facets.flatMap(values).flatMap(({ label, names }) => {
      const name = names.find((name) => marking(name, unseen).length);
      return name ? [`${label} (${name})`] : [];
    });
  });
  const few = [...new Set(labels)];
  return few.length > REASONS ? [...few.slice(0, REASONS), `${few.length - REASONS} more`] : few;
}

/** What a result says of its statement: the values of facets, first of those without an index. */
function about(filing, { facets }) {
  const shown = facets.filter(({ shown }) => shown).sort((one, other) => Boolean(one.index) - Boolean(other.index));
  return shown.map((facet) => ({ how: facet.index ? facet.how : "", labels: facet.labels(filing) }));
}

/** All results as rows of a table. */
export async function tabulated(outcome, store) {
  const { catalogue } = store;
  await store.columns(true);
  const plain = (text) => text.replaceAll("\u2060", "").replaceAll("\u00a0", " ");
  const cells = (facet, filing) => facet.fields.map((field) => [field, plain(facet.labels(filing, field).join("; "))]);
  return Promise.all(
    outcome.rows.map(async (row) => {
      const { id, title, date, basis, filing } = await store.record(row);
      return {
        id,
        date,
        date_basis: basis,
        title: plain(title),
        ...Object.fromEntries(catalogue.facets.flatMap((facet) => cells(facet, filing))),
        address: permanent(id),
      };
    }),
  );
}

/** A file of the citations of all results, in their order, in a format of download.js. */
export async function cited(outcome, store, ending) {
  const ids = await Promise.all(outcome.rows.map(async (row) => (await store.record(row)).id));
  const years = [...new Set(ids.map((id) => id.slice(0, 4)))];
  const files = await Promise.all(years.map((year) => store.citations(year, ending)));
  const { entries, file } = CITATIONS[ending];
  const citations = new Map(files.flatMap(entries));
  if (!ids.every((id) => citations.has(id))) throw new Error("the citations are of another edition");
  return file(ids.map((id) => citations.get(id)));
}

/** For a search that finds nothing: {near: similar words of the index, similar: suggestions of similar names, loosen}. */
export async function nearest(outcome, store) {
  const count = (changes) => found({ ...outcome.state, ...changes }, store);
  const offers = await loosen(outcome, store.catalogue, await matching(outcome.state, store), count);
  return { ...(await spelt(outcome, store, count)), loosen: offers };
}

async function spelt(outcome, store, count) {
  const missing = outcome.units.filter(({ found }) => !found);
  if (!missing.length) return {};
  const vocabulary = await store.vocabulary();
  const all = [...outcome.units, ...outcome.excluded];
  const replaced = (unit, text) => all.map((other) => (other === unit ? text : typed(other))).filter(Boolean).join(" ");
  const words = missing.filter(({ text }) => !/\p{N}/u.test(text)).flatMap((unit) =>
    spelling.nearest(unit.text, vocabulary).map(async (text) => {
      const changes = { q: replaced(unit, text) };
      return { text, changes, total: await count(changes) };
    }),
  );
  const near = (await Promise.all(words)).filter(({ total }) => total || missing.length > 1);
  const names = missing.flatMap((unit) =>
    spelling.nearestNames(unit.text, store.catalogue).map((name) => suggestion(name, replaced(unit, ""), outcome.state, store)),
  );
  const present = new Set((await suggestions(outcome.state, store)).map(({ kind, id }) => kind + id));
  const others = (await Promise.all(names)).filter((name) => name && !present.has(name.kind + name.id));
  return { near, similar: others };
}

/** The scores of what matches the words of a search; null if it has none. Its columns are loaded. */
async function matching(state, store) {
  const units = unitsOf(state.q, store.catalogue).slice(0, MANY);
  await store.columns(later(state, units, store.catalogue));
  return units.length ? (await (await store.words()).search(units)).scores : null;
}

/** How many statements a search finds. */
async function found(state, store) {
  const scores = await matching(state, store);
  return store.catalogue.count(state, scores);
}

/** Entries of the indexes whose names are typed, at least in part. */
export async function suggestions(state, store) {
  const all = unitsOf(state.q, store.catalogue);
  const named = all.flatMap(({ excluded, authorities }, at) => {
    const rest = all.filter((_, other) => other !== at);
    return excluded ? [] : authorities.map((name) => ({ name, rest: rest.map(typed).join(" ") }));
  });
  const names = [...spelling.beginning(state.q, store.catalogue), ...named];
  const offers = await Promise.all(names.map(({ name, rest }) => suggestion(name, rest, state, store)));
  return [...new Map(offers.filter(Boolean).map((offer) => [`${offer.kind} ${offer.id}`, offer])).values()];
}

/**
 * A suggestion to search by an authority in place of its name: also by what widens the facet, if only that finds some.
 *
 * Null if it is chosen already or finds none.
 */
async function suggestion({ facet: kind, place, name }, q, state, store) {
  const facet = store.catalogue.facet(kind);
  const { id, label } = facet.values[place];
  if (state[kind].includes(id)) return null;
  const own = { q, [kind]: [...state[kind], id] };
  for (const [changes, scope] of [[own, ""], ...(facet.wider ? [[{ ...own, [facet.wider.field]: true }, facet.scope]] : [])]) {
    const count = await found({ ...state, ...changes }, store);
    if (count) return { kind, legend: facet.legend, id, label, name: name === label ? "" : name, count, scope, changes };
  }
  return null;
}

function ordered(rows, sort, scores) {
  if (sort === "oldest") return rows;
  if (sort === "newest") return rows.slice().reverse();
  // of numbers that have the score and the row, thousands are sorted at once
  const size = scores.length;
  const keys = Float64Array.from(rows, (row) => Math.round(scores[row] * 1e6) * size + row).sort();
  return Array.from(keys.reverse(), (key) => key % size);
}

/** The pages, other than statements', that have every word: those of the best score. */
function pages(listed, size, scores) {
  return listed
    .map(([label, kind, address], at) => ({ label, kind, address, score: scores[size + at] }))
    .filter(({ score }) => score)
    .sort((one, other) => other.score - one.score)
    .slice(0, PAGES)
    .map((page) => ({ ...page, href: within(page.address) }));
}

/** A facet whose values also have their `count`, whether they are `chosen`, and the number of values `under` them. */
function choices(facet, counts, state) {
  const values = facet.values.map((value, place) => ({
    ...value,
    count: counts?.[place] ?? 0,
    chosen: state[facet.name].includes(value.id),
    under: facet.below[place],
  }));
  return { ...facet, values, counted: Boolean(counts) };
}

function label(key) {
  return key.length > 4 ? MONTHS[Number(key.slice(5)) - 1].slice(0, 3) : key;
}

/** The parts of a search as in its sentence, each with the words before it and the changes that remove it. */
function parts(state, all, { facets }) {
  const list = [];
  const add = (kind, id, how, text, without) => list.push({ kind, id, how, text, without });
  for (const { name, how, values, wider } of facets) {
    const chosen = state[name];
    const widened = chosen.length > 0 && state[wider?.field];
    if (widened) add(wider.field, "", how, `or ${wider.how}`, { [wider.field]: false });
    for (const id of chosen) {
      const { label } = values.find((value) => value.id === id);
      add(name, id, widened ? "" : how, label, { [name]: chosen.filter((other) => other !== id) });
    }
  }
  if (state.from || state.to) add("dates", "", "", range(state.from, state.to), { from: "", to: "" });
  const wanted = all.slice(0, MANY).sort((one, other) => one.excluded - other.excluded);
  for (const unit of wanted) {
    const rest = all.filter((other) => other !== unit);
    const [kind, how] = unit.excluded ? ["not", "without"] : ["q", ""];
    add(kind, unit.text, how, quoted(unit.text), { q: rest.map(typed).join(" ") });
  }
  return list;
}

/** Messages about words typed that are not searched for. */
function ignored(q, { length }) {
  if (q && !length) return [`“${q}” has no letter or number to search for; it is ignored.`];
  return length > MANY ? [`Only the first ${MANY} words are searched for.`] : [];
}

/** The authorities that a unit names: ["the event Khojaly, 25–26 February 1992", "the place Khojaly"]. */
function names({ authorities }, catalogue) {
  const kind = ({ facet }) => catalogue.facet(facet).legend.toLowerCase();
  return authorities.map((value) => `the ${kind(value)} ${labelled(value, catalogue)}`);
}

function labelled({ facet, place }, catalogue) {
  return catalogue.facet(facet).values[place].label;
}

/** A unit as a reader types it. */
function typed({ text, phrase, excluded }) {
  return `${excluded ? "-" : ""}${phrase ? `"${text}"` : text}`;
}
