// What a reader can do if nothing is found.

import { h, update } from "./element.js";
import { statements } from "./sentence.js";
import { list } from "./suggestions.js";

const INDEXES = [
  ["../statements/", "all statements by date"],
  ["../events/", "events"],
  ["../addressees/", "addressees"],
];

export function show(place, outcome, act) {
  const { total, units, near, suggestions, loosen } = outcome;
  if (total) return update(place);
  const unknown = units.filter(({ count }) => !count).map(({ text }) => `“${text}”`);
  const offer = ({ text, total: number, changes }) => {
    const count = number > 0 && [" ", h("span", { class: "meta" }, `· ${statements(number)}`)];
    return h("li", { "data-key": text }, h("button", { class: "offer", onclick: () => act(changes) }, text, count));
  };
  const offers = (key, heading, items) =>
    items.length > 0 &&
    h("section", { "data-key": key }, h("h3", {}, heading), h("ul", { class: "plain offers" }, items.map(offer)));
  update(
    place,
    unknown.length > 0 && h("p", { "data-key": "unknown" }, `No record in the archive has ${unknown.join(" or ")}.`),
    offers("near", "A similar spelling", near),
    suggestions.length > 0 &&
      h("section", { "data-key": "names" }, h("h3", {}, "Events and addressees of this name, or one like it"), list(suggestions, act)),
    offers("loosen", "Search more widely", loosen),
    h(
      "p",
      { "data-key": "browse" },
      "Or browse ",
      INDEXES.map(([href, text], at) => [at === 2 ? " and " : at === 1 ? ", " : "", h("a", { href }, text)]),
      ".",
    ),
  );
}
