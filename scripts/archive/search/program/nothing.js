// What a reader can do if nothing is found.

import { h, update } from "./element.js";
import { entry } from "./store.js";
import { finding, list } from "./suggestions.js";

export function show(place, outcome, act) {
  const { total, units, near, similar, loosen, facets, pages } = outcome;
  if (total) return update(place);
  const unknown = pages.length ? [] : units.filter(({ count }) => !count).map(({ text }) => `“${text}”`);
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
