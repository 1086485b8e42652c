// Offer other searches: by names that are typed, and if nothing is found.

import { h, update } from "./element.js";
import { counted } from "./sentence.js";
import { quoted } from "./state.js";
import { entry } from "./store.js";

/** Show the suggestions of entries of the indexes by the name that is typed. */
export function suggested(place, outcome, act) {
  update(place, outcome.suggestions.length > 0 && list(outcome, act));
}

/** A list with a button for each suggestion. */
function list({ suggestions, indexes }, act) {
  const items = suggestions.map((suggestion) => item(suggestion, act));
  return h("ul", { class: "plain offers", "aria-label": `${indexes} with this name` }, items);
}

/** What stands on a button: how many statements it finds, and how they are filed, if it widens that. */
function finding(count, scope) {
  return [counted(count), scope && h("span", { class: "meta" }, `\u00a0${scope} it`)];
}

function item({ kind, legend, id, label, name, count, scope, changes }, act) {
  const words = [`${legend}: `, h("strong", {}, label), name && name !== label ? ` (${name})` : ""];
  const button = h("button", { class: "offer", onclick: () => act(changes) }, words, finding(count, scope));
  return h("li", { "data-key": `${kind} ${id}` }, button);
}

/** Show what a reader can do if nothing is found. */
export function nothing(place, outcome, act) {
  const { total, units, near, similar, loosen, facets, pages } = outcome;
  if (total) return update(place);
  const unknown = pages.length ? [] : units.filter(({ found }) => !found).map(({ text }) => quoted(text));
  const offer = ({ kind, text, scope, total: number, changes }) => {
    const count = number > 0 && kind !== "time" && finding(number, scope); // of a time the number stands in the text
    return h("li", { "data-key": text }, h("button", { class: "offer", onclick: () => act(changes) }, text, count));
  };
  const section = (key, heading, content) => h("section", { "data-key": key }, h("h3", {}, heading), content);
  const offers = (key, heading, items) =>
    items.length > 0 && section(key, heading, h("ul", { class: "plain offers" }, items.map(offer)));
  const of = (...kinds) => loosen.filter(({ kind }) => kinds.includes(kind));
  const indexes = facets.flatMap(({ index }) => index ?? []);
  update(
    place,
    unknown.length > 0 && h("p", { "data-key": "unknown" }, `No record in the archive has ${unknown.join(" or ")}.`),
    offers("near", "Similar spelling", near),
    offers("time", "Nearest in time", of("time")),
    offers("filed", "Filed under", of("names")),
    similar.length > 0 && section("names", "Similar names", list({ ...outcome, suggestions: similar }, act)),
    offers("loosen", "Search more widely", of("words", "limits")),
    h(
      "p",
      { "data-key": "browse" },
      "Or browse ",
      h("a", { href: entry("statements") }, "all statements by date"),
      indexes.map((index, at) => [at === indexes.length - 1 ? " and " : ", ", h("a", { href: entry(index) }, index)]),
      ".",
    ),
  );
}
