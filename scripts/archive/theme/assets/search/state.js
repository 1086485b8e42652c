// Read a search from the address, and write it there.

import { FACETS } from "./catalogue.js";
import { days, limit } from "./dates.js";

export const LONGEST = 200; // characters of words
export const SORTS = ["relevance", "newest", "oldest"];
const MANY = 50; // values of one facet
const NOUNS = { event: "event", addressee: "addressee", form: "form", language: "language", original: "original language" };

export const EMPTY = Object.freeze({
  q: "",
  from: "",
  to: "",
  ...Object.fromEntries(FACETS.map((facet) => [facet, []])),
  mentions: false,
  sort: "",
});

/** The search in an address, and messages about what of the address is ignored. */
export function parse(address, catalogue) {
  const query = new URLSearchParams(address);
  const problems = [];
  const state = { ...EMPTY };

  const q = (query.get("q") ?? "").trim();
  if ([...q].length > LONGEST) {
    problems.push(`The words in the address are ignored: they are longer than ${LONGEST} characters.`);
  } else state.q = q;

  for (const end of ["from", "to"]) {
    const date = limit(query.get(end) ?? "");
    if (date === null) problems.push(`“${short(query.get(end))}” is no date of the calendar; it is ignored.`);
    state[end] = date ?? "";
  }
  if (state.from && state.to && days(state.from)[0] > days(state.to)[1]) {
    problems.push(`The range of dates in the address ends (${state.to}) before it begins (${state.from}); it is ignored.`);
    state.from = state.to = "";
  }

  for (const name of ["q", "from", "to", "mentions", "sort"]) {
    if (query.getAll(name).length > 1) problems.push(`The address has several values for “${name}”; the first counts.`);
  }

  for (const facet of FACETS) {
    const ids = [...new Set(query.getAll(facet))].filter(Boolean);
    const known = ids.filter((id) => catalogue.place(facet, id) >= 0);
    const unknown = ids.filter((id) => !known.includes(id));
    for (const id of unknown.slice(0, 3)) {
      problems.push(`The archive has no ${NOUNS[facet]} “${short(id)}”; it is ignored.`);
    }
    if (unknown.length > 3) problems.push(`${unknown.length - 3} more of this kind are ignored.`);
    if (known.length > MANY) problems.push(`Only the first ${MANY} of these count: ${NOUNS[facet]}.`);
    state[facet] = known.slice(0, MANY);
  }

  const mentions = query.get("mentions") ?? "";
  state.mentions = mentions === "yes";
  if (mentions && !state.mentions) problems.push(`“${short(mentions)}” is no choice for mentions, only “yes” is; it is ignored.`);
  const sort = query.get("sort") ?? "";
  if (SORTS.includes(sort)) state.sort = sort;
  else if (sort) problems.push(`Results cannot be sorted by “${short(sort)}”.`);
  return { state, problems };
}

/** The query part of a search's address: "?q=...", or "" for no search. */
export function format(state) {
  const query = new URLSearchParams();
  for (const name of ["q", "from", "to"]) if (state[name]) query.set(name, state[name]);
  for (const facet of FACETS) for (const id of state[facet]) query.append(facet, id);
  if (state.mentions) query.set("mentions", "yes");
  if (state.sort) query.set("sort", state.sort);
  const text = query.toString();
  return text && `?${text}`;
}

function short(text) {
  const letters = [...text];
  return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : text;
}
