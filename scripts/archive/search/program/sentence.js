// The search as a sentence, each part of which can be removed.

import { h, update } from "./element.js";
import { empty } from "./state.js";

const ORDERS = { newest: ", newest first", oldest: ", oldest first", relevance: ", most relevant first" };

export function show(place, outcome, act) {
  const onclick = () => act({ ...empty(outcome.facets), sort: outcome.state.sort });
  const clear = h("button", { class: "quiet", "data-key": "clear", "data-no-heir": true, onclick }, "Clear all");
  const sentence = pieces(outcome).map((piece) => (typeof piece === "string" ? piece : button(piece, act)));
  const names = outcome.units.flatMap(({ names }) => names);
  update(
    place,
    h("p", { class: "sentence" }, sentence, outcome.parts.length > 0 && [" ", clear]),
    outcome.total > 0 && names.length > 0 && h("p", { class: "meta" }, `Also includes statements filed under ${listed(names)}.`),
  );
}

/** The sentence as text. */
export function plain(outcome) {
  return pieces(outcome)
    .map((piece) => (typeof piece === "string" ? piece : piece.text))
    .join("");
}

/** "10,000"; toLocaleString() would take 20 ms to begin. */
export function number(count) {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** "1 statement", "10,000 statements". */
export function statements(count) {
  return `${number(count)} ${count === 1 ? "statement" : "statements"}`;
}

/** What stands on a button after its words: how many statements it finds. */
export function counted(count) {
  return h("span", { class: "meta" }, `\u00a0· ${statements(count)}`);
}

/** "the event A, the place B and the place C". */
function listed(names) {
  return [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
}

/** The texts and parts of the sentence in order: "7 statements about ", Khojaly, ", ", 2015–2020, ", match ", “mines”. */
function pieces({ parts, total, all, sort, unsure, state }) {
  const perhaps = unsure ? ` (${unsure === total ? "" : `${number(unsure)} of them `}perhaps)` : "";
  if (!parts.length) return [all ? `All ${statements(all)}${ORDERS[sort] ?? ""}` : "The archive has no statements yet"];
  const list = [total ? statements(total) + perhaps : "No statements"];
  parts.forEach((part, at) => {
    if (part.kind === parts[at - 1]?.kind) list.push(part.kind === "q" ? " and " : " or ");
    else if (part.kind === "q") list.push(at > 1 ? ", " : " ", total === 1 ? "matches " : "match ");
    else if (part.kind === "dates") list.push(at || part.text.includes("–") ? ", " : " ");
    else list.push(part.how ? `${at ? "," : ""} ${part.how} ` : " ");
    list.push(part);
  });
  if (state.sort && total > 1) list.push(ORDERS[sort]);
  return list;
}

function button({ kind, id, text, without }, act) {
  const onclick = () => act(without);
  return h("button", { class: "part", "data-key": `${kind} ${id}`, "aria-label": `Remove ${text}`, onclick }, text);
}
