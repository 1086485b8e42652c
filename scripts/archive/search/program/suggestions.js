// Suggestions of entries of the indexes by the name being typed.

import { h, update } from "./element.js";
import { counted } from "./sentence.js";

export function show(place, outcome, act) {
  update(place, outcome.suggestions.length > 0 && list(outcome, act));
}

/** A list with a button for each suggestion. */
export function list({ suggestions, indexes }, act) {
  const items = suggestions.map((suggestion) => item(suggestion, act));
  return h("ul", { class: "plain offers", "aria-label": `${indexes} with this name` }, items);
}

/** What stands on a button: how many statements it finds, and how they are filed, if it widens that. */
export function finding(count, scope) {
  return [counted(count), scope && h("span", { class: "meta" }, `\u00a0${scope} it`)];
}

function item({ kind, legend, id, label, name, count, scope, changes }, act) {
  const words = [`${legend}: `, h("strong", {}, label), name && name !== label ? ` (${name})` : ""];
  const button = h("button", { class: "offer", onclick: () => act(changes) }, words, finding(count, scope));
  return h("li", { "data-key": `${kind} ${id}` }, button);
}
