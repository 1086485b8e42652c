// The search as a sentence, each part of which can be removed.

import { h, update } from "./element.js";
import { empty } from "./state.js";

const ORDERS = { newest: ", newest first", oldest: ", oldest first", relevance: ", most relevant first" };

export function show(place, outcome, act) {
  const onclick = () => act({ ...empty(outcome.facets), sort: outcome.state.sort });
  const clear = h("button", { class: "quiet", "data-key": "clear", "data-no-heir": true, onclick }, "Clear all");
  const sentence = pieces(outcome).map((piece) => (typeof piece === "string" ? piece : button(piece, act)));
  const named = outcome.units.filter(({ name }) => name);
  update(
    place,
    h("p", { class: "sentence" }, sentence, outcome.parts.length > 0 && [" ", clear]),
    named.map(({ text, name }) => {
      const listed = text === name ? "" : `“${text}” is among the names listed for ${name}. `;
      return h("p", { class: "meta" }, `${listed}Statements filed under ${name} are found too.`);
    }),
  );
}

/** The sentence as text. */
export function plain(outcome) {
  return pieces(outcome)
    .map((piece) => (typeof piece === "string" ? piece : piece.text))
    .join("");
}

/** "1 statement", "10,000 statements". */
export function statements(count) {
  return `${count.toLocaleString("en")} ${count === 1 ? "statement" : "statements"}`;
}

/** The texts and parts of the sentence in order. */
function pieces({ parts, total, all, sort, unsure, state }) {
  const perhaps = unsure ? ` (${unsure === total ? "" : `${unsure.toLocaleString("en")} of them `}perhaps)` : "";
  if (!parts.length) return [all ? `All ${statements(all)}${ORDERS[sort] ?? ""}` : "The archive has no statements yet"];
  const list = [total ? statements(total) + perhaps : "No statements"];
  parts.forEach((part, at) => {
    const another = part.kind === parts[at - 1]?.kind;
    list.push(another ? (part.kind === "q" ? " and " : " or ") : `${at ? "," : ""} ${begun(part)}`, part);
  });
  if (state.sort && total > 1) list.push(ORDERS[sort]);
  return list;
}

/** The words before a part, with a space. */
function begun({ how }) {
  return how && `${how} `;
}

function button(part, act) {
  const { kind, id, text, without } = part;
  const label = `Remove: ${begun(part)}${text}`;
  const cross = h("span", { class: "cross", "aria-hidden": "true" }, "\u00a0×");
  const attributes = { class: "part", "data-key": `${kind} ${id}`, "aria-label": label, onclick: () => act(without) };
  return h("button", attributes, text, cross);
}
