// The facets that narrow the results, with the number of statements for each value.

import { h, update } from "./element.js";
import { number } from "./sentence.js";
import { fold } from "./tokens.js";

const FEW = 8; // values shown at first
const MANY = 12; // a facet with more values has a field to filter them by their label

const unfolded = new Set(); // the facets of which all values are shown
const filters = new Map(); // text typed to filter the values of each facet

/** Show the facets of an outcome; `count` counts those that are not counted yet. */
export function show(place, outcome, act, count) {
  const again = () => show(place, outcome, act, count);
  const facets = outcome.facets.map((facet) => (facet.counted ? fieldset(facet, outcome.state, act, again) : folded(facet, count)));
  update(place, facets);
  const chosen = outcome.facets.flatMap(({ values }) => values).filter((value) => value.chosen).length;
  const set = chosen + (outcome.state.from || outcome.state.to ? 1 : 0);
  place.closest("details").querySelector("summary").textContent = `Narrow the search${set ? ` (${set} chosen)` : ""}`;
}

/** A facet that is counted when a reader asks for it. */
function folded({ name, legend }, count) {
  const button = h("button", { class: "quiet", "data-key": "count", onclick: count }, "Show", h("span", { class: "unseen" }, ` the choices: ${legend}`));
  return h("fieldset", { class: "facet", "data-key": name }, h("legend", {}, legend), button);
}

function fieldset({ name, legend, part, parts, wider, values }, state, act, again) {
  const available = values
    .filter(({ count, chosen }) => count || chosen)
    .sort((one, other) => other.chosen - one.chosen || other.count - one.count);
  const chosen = available.filter((value) => value.chosen).map(({ id }) => id);
  const widened = Boolean(wider) && state[wider.field];
  if (available.length < 2 && !chosen.length && !widened) return null;

  const filtered = available.length > MANY;
  const letters = filtered ? fold((filters.get(name) ?? "").trim()) : "";
  const all = unfolded.has(name) || available.length <= Math.max(FEW, chosen.length);
  const some = letters
    ? available.filter(({ label }) => fold(label).includes(letters))
    : available.slice(0, all ? available.length : Math.max(FEW, chosen.length));
  const matching = letters && `${some.length} of ${available.length} have these letters`;
  const toggle = (id, on) => act({ [name]: on ? [...chosen, id] : chosen.filter((other) => other !== id) });
  const unfold = () => {
    if (!unfolded.delete(name)) unfolded.add(name);
    again();
  };
  const filter = (event) => {
    filters.set(name, event.target.value);
    again();
  };
  const note = values.some(({ under }) => under) && `${name}-note`;
  return h(
    "fieldset",
    { class: "facet", "data-key": name, "aria-describedby": note },
    h("legend", {}, legend),
    note && h("p", { class: "meta", id: note, "data-key": "note" }, `Each ${name} includes the ${parts}.`),
    filtered && field(name, legend, filters.get(name) ?? "", filter),
    filtered && h("p", { class: "meta", role: "status", "data-key": "filtered" }, matching),
    h(
      "ul",
      { class: unfolded.has(name) || letters ? "plain all" : "plain" },
      some.map((value) => item(value, part, parts, toggle)),
    ),
    !letters &&
      available.length > Math.max(FEW, chosen.length) &&
      h(
        "button",
        { class: "quiet", "data-key": "unfold", "aria-expanded": String(unfolded.has(name)), onclick: unfold },
        unfolded.has(name) ? "Show fewer" : `Show all ${available.length}`,
        h("span", { class: "unseen" }, `: ${legend}`),
      ),
    wider &&
      h(
        "label",
        { class: "choice wider", "data-key": "wider" },
        checkbox(widened, (on) => act({ [wider.field]: on })),
        h("span", {}, `Also statements ${wider.how} it`),
      ),
  );
}

function field(name, legend, typed, oninput) {
  const onkeydown = (event) => void (event.key === "Enter" && event.preventDefault()); // it would submit the form
  const attributes = { type: "text", value: typed, autocomplete: "off", spellcheck: "false", maxlength: 100 };
  const input = h("input", { ...attributes, oninput, onkeydown });
  return h("label", { class: "filter", "data-key": "filter" }, h("span", {}, `Find in “${legend}”`), input);
}

function checkbox(checked, change) {
  return h("input", { type: "checkbox", checked, onchange: (event) => change(event.target.checked) });
}

function item({ id, label, count, chosen, under }, part, parts, toggle) {
  const below = under > 0 && h("span", { class: "meta" }, ` with ${under} ${under === 1 ? part : parts}`);
  const unit = h("span", { class: "unseen" }, count === 1 ? " statement" : " statements");
  return h(
    "li",
    { "data-key": id },
    h(
      "label",
      { class: "choice" },
      checkbox(chosen, (on) => toggle(id, on)),
      h("span", {}, label, below),
      h("span", { class: "count" }, h("span", { class: "unseen" }, ": "), number(count), unit),
    ),
  );
}
