// The list of results.

import { CITATIONS } from "./download.js";
import { h, update } from "./element.js";
import { AT_ONCE } from "./find.js";
import { number } from "./sentence.js";

const FEW = 5; // other pages shown at first
const SORTS = [
  ["relevance", "Most relevant first"],
  ["newest", "Newest first"],
  ["oldest", "Oldest first"],
];

let reached = 0; // how many results were shown when more were requested

/** Show the results of an outcome; while they are fewer than are to be `shown`, nothing below them. */
export function show(place, outcome, shown, act, more, download) {
  const { total, results, pages } = outcome;
  const all = results.length >= Math.min(total, shown);
  const showMore = () => {
    reached = results.length;
    more();
  };
  update(
    place,
    total > 0 && head(outcome, act, download),
    total > 0 && h("ol", { class: "list" }, results.map(item)),
    all && results.length < total && foot(outcome, showMore),
    all && pages.length > 0 && elsewhere(pages),
  );
  const focused = place.contains(document.activeElement) || document.activeElement === document.body;
  if (reached && results.length > reached && focused) place.querySelectorAll(".title a")[reached].focus();
  if (results.length !== reached) reached = 0;
}

/** Pages that are no statements: of entries of the indexes, and such as Method. */
function elsewhere(pages) {
  const item = ({ href, label, kind }) =>
    h("li", { "data-key": href }, h("a", { href }, label), h("span", { class: "meta" }, ` ${kind}`));
  const links = (some) => h("ul", { class: "plain" }, some.map(item));
  const others = pages.slice(FEW);
  const more = others.length > 0 && h("details", {}, h("summary", {}, `${others.length} more`), links(others));
  const heading = h("h3", {}, "Pages with these words");
  return h("section", { class: "pages", "data-key": "pages" }, heading, links(pages.slice(0, FEW)), more);
}

function head({ state, sort, total, failed }, act, download) {
  const sorts = SORTS.filter(([value]) => value !== "relevance" || state.q);
  const options = sorts.map(([value, text]) => h("option", { value, selected: value === sort }, text));
  const these = total === 1 ? "Download this one" : `Download these ${number(total)}`;
  const formats = Object.entries({ csv: { name: "CSV" }, ...CITATIONS }).map(([ending, { name }]) =>
    h("button", { class: "quiet", "data-key": ending, "aria-label": `${these} as ${name}`, onclick: () => download(ending) }, name),
  );
  return h(
    "div",
    { class: "results-head", "data-key": "head" },
    h("select", { value: sort, "aria-label": "Sort", onchange: (event) => act({ sort: event.target.value }) }, options),
    h("details", { class: "more downloads" }, h("summary", {}, "Download"), h("p", {}, h("span", {}, `${these}:`), formats)),
    failed === "choices" && problem("The choices could not be loaded. Try again."),
    failed === "download" && problem("The file could not be made, as some of its data did not load. Try again."),
  );
}

function foot({ total, results, failed }, showMore) {
  const more = Math.min(AT_ONCE, total - results.length);
  return h(
    "p",
    { class: "results-foot", "data-key": "foot" },
    h("button", { class: "act", "data-key": "more", onclick: showMore }, `Show ${more} more`),
    h("span", { class: "meta" }, `${number(results.length)} of ${number(total)} shown`),
    failed === "more" && problem("These could not be loaded. Try again."),
  );
}

function problem(text) {
  return h("span", { class: "problem", role: "alert", "data-key": "problem" }, text);
}

function item(result) {
  const { href, title, date, about, filed, excerpt } = result;
  const told = about.map(({ how, labels }) => labels.length > 0 && `${how} ${andMore(labels)}`.trim());
  const pieces = (excerpt?.pieces ?? []).map(({ text, marked }) => (marked ? h("mark", {}, text) : text));
  return h(
    "li",
    { "data-key": href },
    column(date),
    h(
      "div",
      {},
      h("p", { class: "title" }, h("a", { href }, title)),
      h("p", { class: "meta", "data-key": "about" }, told.filter(Boolean).join(" · ")),
      dated(result),
      filed.length > 0 && h("p", { class: "meta", "data-key": "filed" }, `Filed under ${filed.join("; ")}`),
      pieces.length > 0 && h("p", { class: "excerpt", "data-key": "excerpt" }, within(excerpt), pieces),
    ),
  );
}

/** The section of the record that the excerpt is from. */
function within({ section }) {
  return section && [h("span", { class: "meta" }, `${section}:`), " "];
}

/** The date in words, if it is not known to the day. */
function dated({ maybe, dateWords }) {
  if (!maybe && !dateWords) return null;
  const words = maybe ? ["Date uncertain: may lie in the range", dateWords] : [`Date: ${dateWords}`];
  return h("p", { class: "meta", "data-key": "date" }, words.filter(Boolean).join("; "));
}

/** A date in ISO; a line may break after the dash of an interval, not within a date. */
function column(date) {
  const parts = date.split("/");
  const datetime = parts[0].replace(/[?~]$/, "");
  const shown = parts.map((part, at) => {
    const text = part.endsWith("~") ? `c. ${part.slice(0, -1)}` : part;
    const last = at === parts.length - 1;
    return [h("span", {}, last ? text : `${text}–`), last ? null : h("wbr")];
  });
  return h("time", { datetime }, shown);
}

/** "A", "A and B", "A and 2 more" */
function andMore(labels) {
  return [labels[0], labels.length > 2 ? `${labels.length - 1} more` : labels[1]].filter(Boolean).join(" and ");
}
