// Suggestions of events and addressees by the name being typed.

import { h, update } from "./element.js";
import { statements } from "./sentence.js";

const KINDS = { event: "Event", addressee: "Addressee" };

export function show(place, outcome, act) {
  const { suggestions } = outcome;
  update(place, suggestions.length > 0 && list(suggestions, act));
}

/** A list with a button for each suggestion. */
export function list(suggestions, act) {
  const label = "Events and addressees with this name";
  const items = suggestions.map((suggestion) => item(suggestion, act));
  return h("ul", { class: "plain offers", "aria-label": label }, items);
}

function item({ kind, id, label, name, count, changes }, act) {
  const words = [`${KINDS[kind]}: `, h("strong", {}, label), name && name !== label ? ` (${name})` : ""];
  const number = [" ", h("span", { class: "meta" }, `· ${statements(count)}`)];
  const button = h("button", { class: "offer", onclick: () => act(changes) }, words, number);
  return h("li", { "data-key": `${kind} ${id}` }, button);
}
