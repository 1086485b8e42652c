// Offer wider searches where nothing is found: nearest in time, by a name, with fewer words, without a limit.

import { days, range } from "./dates.js";
import { number } from "./sentence.js";

const FEW = 4; // periods, or words to remove

/**
 * Offers as [{kind, text, scope, total, changes}], those of a kind in the order in which they are shown.
 *
 * `total` is the number of statements that each finds, which `count` resolves to for changes; `scope` says how they are
 * filed, where an offer widens that. `matching` has the scores of what matches the words, or is null.
 */
export async function loosen({ state, units, parts }, catalogue, matching, count) {
  const offer = async (kind, text, changes, scope = "") => ({ kind, text, scope, changes, total: await count(changes) });
  const times = periods(state, catalogue, matching).map((key) => offer("time", range(key, key), { from: key, to: key }));
  if (state.from || state.to) times.push(offer("time", "on any date", { from: "", to: "" }));
  const others = catalogue.facets.filter(({ name }) => state[name].length).flatMap(({ name, legend, wider }) => [
    ...(wider ? [offer("limits", `Also statements ${wider.how} it`, { [wider.field]: true })] : []),
    offer("limits", `Any ${legend.toLowerCase()}`, { [name]: [] }),
  ]);
  const less = { q: (text) => `Remove ${text}`, not: (text) => `Include ${text} again` };
  const typed = parts.filter(({ kind }) => less[kind]);
  const removed = typed.map(({ kind, text, without }) => offer("words", less[kind](text), without));
  const words = (await Promise.all(removed)).sort((one, other) => other.total - one.total).slice(0, FEW);
  const found = await Promise.all([...times, ...others, ...named(state, units, catalogue, offer)]);
  for (const each of found) if (each.kind === "time") each.text = `${number(each.total)} ${each.text}`;
  // what finds everything is no search any more
  return [...words, ...found].filter(({ total }) => total && total < catalogue.size);
}

/** Offers of the entries that are named among several words: of all together first, then of each. */
function named(state, units, catalogue, offer) {
  const values = units.length > 1 ? units.flatMap(({ authorities }) => authorities) : [];
  const together = values.length > 1 && new Set(values.map(({ facet }) => facet)).size === values.length ? [values] : [];
  return [...together, ...values.map((value) => [value])].map((some) => {
    const changes = { q: "" };
    const facets = some.map(({ facet }) => catalogue.facet(facet));
    const labels = some.map(({ facet, place }, at) => {
      const { id, label } = facets[at].values[place];
      changes[facet] = [...new Set([...state[facet], id])];
      if (facets[at].wider) changes[facets[at].wider.field] = true;
      return `${facets[at].legend}: ${label}`;
    });
    return offer("names", labels.join("; "), changes, facets.find(({ wider }) => wider)?.scope);
  });
}

/** The months, or years if the range is one of years, that have statements without the range, nearest to it first. */
function periods({ from, to, ...others }, catalogue, matching) {
  if (!from && !to) return [];
  const length = Math.max(from.length, to.length) > 4 ? 7 : 4;
  const [first, last] = [from && days(from)[0], to ? days(to)[1] : Infinity];
  const far = catalogue.select({ ...others, from: "", to: "" }, matching).rows.map((row) => {
    const [start, end] = catalogue.spans[row];
    const points = catalogue.dates[row].replace(/[?~]/g, "").split("/");
    return start > last ? [points[0], time(start) - time(last)] : [points.at(-1), time(first) - time(end)];
  });
  far.sort(([, one], [, other]) => one - other);
  return [...new Set(far.map(([point]) => point.slice(0, length)))].slice(0, FEW);
}

/** A day written YYYYMMDD as milliseconds. */
function time(day) {
  return Date.UTC(Math.floor(day / 10000), (Math.floor(day / 100) % 100) - 1, day % 100);
}
