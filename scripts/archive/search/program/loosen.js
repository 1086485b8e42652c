// Offer wider searches where nothing is found: nearest in time, by a name, with fewer words, without a limit.

import { days, range } from "./dates.js";
import { number } from "./sentence.js";

const FEW = 4; // periods, or words to remove

/**
 * Offers as [{kind, text, total, changes}], those of a kind in the order in which they are shown; `total` is the number
 * of statements that each finds. `search` resolves to the scores of what matches some units, or to null for none.
 */
export async function loosen({ state, units, parts }, catalogue, search) {
  const matching = await search(units);
  const offer = (kind, text, changes, rows = matching) => {
    const total = catalogue.select({ ...state, ...changes }, rows).rows.length;
    return { kind, text, total, changes };
  };
  const offers = [
    ...periods(state, catalogue, matching).map((key) => offer("time", range(key, key), { from: key, to: key })),
    ...(state.from || state.to ? [offer("time", "on any date", { from: "", to: "" })] : []),
  ].map((each) => ({ ...each, text: `${number(each.total)} ${each.text}` }));
  for (const facet of catalogue.facets.filter(({ name }) => state[name].length)) {
    if (facet.wider) offers.push(offer("limits", `Also statements ${facet.wider.how} it`, { [facet.wider.field]: true }));
    offers.push(offer("limits", `Any ${facet.legend.toLowerCase()}`, { [facet.name]: [] }));
  }
  const named = units.flatMap(({ authorities }) => (units.length > 1 ? authorities : []));
  for (const { facet: name, place } of named) {
    const { legend, values, wider } = catalogue.facet(name);
    const { id, label } = values[place];
    const changes = { q: "", [name]: [...new Set([...state[name], id])], ...(wider && { [wider.field]: true }) };
    offers.push(offer("names", `${legend}: ${label}`, changes, null));
  }
  const removed = parts.filter(({ kind }) => kind === "q").map(async ({ text, without }, at) => {
    const rest = units.filter((_, other) => other !== at);
    return offer("words", `Remove ${text}`, without, await search(rest));
  });
  const words = (await Promise.all(removed)).sort((one, other) => other.total - one.total).slice(0, FEW);
  // what finds everything is no search any more
  return [...words, ...offers].filter(({ total }) => total && total < catalogue.size);
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
