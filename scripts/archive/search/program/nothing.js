// What a reader can do if nothing is found.

import { h, update } from "./element.js";
import { statements } from "./sentence.js";
import { entry } from "./store.js";
import { list } from "./suggestions.js";

export function show(place, outcome, act) {
  const { total, units, near, suggestions, loosen, facets, indexes } = outcome;
  if (total) return update(place);
  const unknown = units.filter(({ count }) => !count).map(({ text }) => `“${text}”`);
  const offer = ({ text, total: number, changes }) => {
    const count = number > 0 && [" ", h("span", { class: "meta" }, `· ${statements(number)}`)];
    return h("li", { "data-key": text }, h("button", { class: "offer", onclick: () => act(changes) }, text, count));
  };
  const offers = (key, heading, items) =>
    items.length > 0 &&
    h("section", { "data-key": key }, h("h3", {}, heading), h("ul", { class: "plain offers" }, items.map(offer)));
  const pages = facets.flatMap(({ index }) => index ?? []);
  update(
    place,
    unknown.length > 0 && h("p", { "data-key": "unknown" }, `No record in the archive has ${unknown.join(" or ")}.`),
    offers("near", "A similar spelling", near),
    suggestions.length > 0 &&
      h("section", { "data-key": "names" }, h("h3", {}, `${indexes} of this name, or one like it`), list(outcome, act)),
    offers("loosen", "Search more widely", loosen),
    h(
      "p",
      { "data-key": "browse" },
      "Or browse ",
      h("a", { href: entry("statements") }, "all statements by date"),
      pages.map((index, at) => [at === pages.length - 1 ? " and " : ", ", h("a", { href: entry(index) }, index)]),
      ".",
    ),
  );
}
