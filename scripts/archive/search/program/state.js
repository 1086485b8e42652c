// Read a search from the address, and write it there.

import { limit, reversed } from "./dates.js";
import { excessive, LONGEST } from "./tokens.js";

export const SORTS = ["relevance", "newest", "oldest"];
const MANY = 50; // values of one facet

/** The search for all statements: by facet the ids chosen, by the name of a field that widens one whether it does. */
export function empty(facets) {
  const chosen = facets.map(({ name }) => [name, []]);
  const widened = widening(facets).map((name) => [name, false]);
  return { q: "", from: "", to: "", ...Object.fromEntries([...chosen, ...widened]), sort: "" };
}

/** The words that are typed, or stand in an address, and messages about them. */
export function words(text) {
  const q = text.trim();
  if (!excessive(q)) return { q, problems: [] };
  return { q: "", problems: [`The words are ignored: they are longer than ${LONGEST} characters.`] };
}

/** The search in an address, and messages about what of the address is ignored. */
export function parse(address, facets) {
  const query = new URLSearchParams(address);
  const { q, problems } = words(query.get("q") ?? "");
  const state = { ...empty(facets), q };

  for (const end of ["from", "to"]) {
    const date = limit(query.get(end) ?? "");
    if (date === null) problems.push(`“${short(query.get(end))}” is no date of the calendar; it is ignored.`);
    state[end] = date ?? "";
  }
  if (reversed(state)) {
    problems.push(`The range of dates in the address ends (${state.to}) before it begins (${state.from}); it is ignored.`);
    state.from = state.to = "";
  }

  for (const name of ["q", "from", "to", ...widening(facets), "sort"]) {
    if (query.getAll(name).length > 1) problems.push(`The address has several values for “${name}”; the first counts.`);
  }

  for (const facet of facets) {
    const noun = facet.legend.toLowerCase();
    const ids = [...new Set(query.getAll(facet.name))].filter(Boolean);
    const known = ids.filter((id) => facet.place(id) >= 0);
    const unknown = ids.filter((id) => !known.includes(id));
    for (const id of unknown.slice(0, 3)) problems.push(`The archive has no ${noun} “${short(id)}”; it is ignored.`);
    if (unknown.length > 3) problems.push(`${unknown.length - 3} more of this kind are ignored.`);
    if (known.length > MANY) problems.push(`Only the first ${MANY} of these count: ${noun}.`);
    state[facet.name] = known.slice(0, MANY);
  }

  for (const name of widening(facets)) {
    const choice = query.get(name) ?? "";
    state[name] = choice === "yes";
    if (choice && !state[name]) problems.push(`“${short(choice)}” is no choice for ${name}, only “yes” is; it is ignored.`);
  }
  const sort = query.get("sort") ?? "";
  if (SORTS.includes(sort)) state.sort = sort;
  else if (sort) problems.push(`Results cannot be sorted by “${short(sort)}”.`);
  return { state, problems };
}

/** The query part of a search's address: "?q=...", or "" for no search. */
export function format(state, facets) {
  const query = new URLSearchParams();
  for (const name of ["q", "from", "to"]) if (state[name]) query.set(name, state[name]);
  for (const { name } of facets) for (const id of state[name]) query.append(name, id);
  for (const name of widening(facets)) if (state[name]) query.set(name, "yes");
  if (state.sort) query.set("sort", state.sort);
  const text = query.toString();
  return text && `?${text}`;
}

/** The names of the fields that widen a facet. */
function widening(facets) {
  return facets.flatMap(({ wider }) => wider?.field ?? []);
}

/** Words in quotation marks; an address may have a thousand letters. */
export function quoted(words) {
  return `“${short(words, 80)}”`;
}

function short(text, most = 40) {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most).join("")}…` : text;
}
