// The search as a sentence, each part of which can be removed.

import { h, update } from "./element.js";

// kind of a part, the words before it, the word between two of its kind
const CLAUSES = [
  ["event", "on", "or"],
  ["mentions", "", ""],
  ["addressee", "addressed to", "or"],
  ["form", "in the form of:", "or"],
  ["language", "summarised in", "or"],
  ["original", "made in", "or"],
  ["from", "with a statement date from", ""],
  ["to", "with a statement date up to", ""],
  ["dates", "with a statement date", ""],
  ["q", "found by", "and"],
];
const NOTHING = {
  q: "",
  from: "",
  to: "",
  event: [],
  addressee: [],
  form: [],
  language: [],
  original: [],
  mentions: false,
};
const ORDERS = { newest: ", newest first", oldest: ", oldest first", relevance: ", most relevant first" };

export function show(place, outcome, act) {
  const clear = h("button", { class: "quiet", "data-key": "clear", "data-no-heir": true, onclick: () => act(NOTHING) }, "Clear all");
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

/** The texts and parts of the sentence in order; a part also has the words `before` it. */
function pieces({ parts, total, all, sort, unsure, state }) {
  const perhaps = unsure ? ` (${unsure === total ? "" : `${unsure.toLocaleString("en")} of them `}perhaps)` : "";
  if (!parts.length) return [all ? `All ${statements(all)}${ORDERS[sort] ?? ""}` : "The archive has no statements yet"];
  const list = [total ? statements(total) + perhaps : "No statements"];
  for (const [kind, before, between] of CLAUSES) {
    parts
      .filter((part) => part.kind === kind)
      .forEach((part, at) => {
        list.push(at ? ` ${between} ` : `${list.length > 1 ? "," : ""} ${before}${before && " "}`);
        list.push({ ...part, before, text: part.text || "or mentioning it" });
      });
  }
  if (state.sort && total > 1) list.push(ORDERS[sort]);
  return list;
}

function button({ kind, id, text, before, without }, act) {
  const label = `Remove: ${before}${before && " "}${text}`;
  const cross = h("span", { class: "cross", "aria-hidden": "true" }, "\u00a0×");
  const attributes = { class: "part", "data-key": `${kind} ${id}`, "aria-label": label, onclick: () => act(without) };
  return h("button", attributes, text, cross);
}
