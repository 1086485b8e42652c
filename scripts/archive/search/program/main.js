// Run the search page: search by what the address says, show the results, write each change back to the address.

import { limit, reversed } from "./dates.js";
import { csv, save } from "./download.js";
import * as facets from "./facets.js";
import { AT_ONCE, cited, counted, described, find, nearest, suggestions as named, tabulated } from "./find.js";
import * as histogram from "./histogram.js";
import * as offers from "./offers.js";
import * as results from "./results.js";
import * as sentence from "./sentence.js";
import { format, parse, words } from "./state.js";
import { opened, turn } from "./store.js";

// The script is in the head of the page, for what it loads to begin early
if (document.readyState === "loading") await new Promise((resolve) => document.addEventListener("readystatechange", resolve, { once: true }));

const FIRST = 3; // results that do not wait for others
const PAUSE = 250; // milliseconds after the last letter
const SILENCE = 500; // milliseconds before the result is announced to screen readers

const place = (id) => document.getElementById(id);
const title = document.title;

let store;
let state;
let problems = [];
let address = ""; // the query part of the address shown
let outcome;
let shown = AT_ONCE;
let run = 0; // number of the newest search; the results of an older one are dropped
let typing = 0; // the timer while a reader types
let byTyping = false; // whether typing made the current entry of the history
let announcing = 0;

/**
 * Run the search. The choices are shown while the results load, or after the first of them if what they need is not there
 * yet; the first results do not wait for all.
 */
async function search() {
  const own = ++run;
  place("results").setAttribute("aria-busy", "true");
  try {
    const newest = await find(state, store);
    if (own !== run) return;
    outcome = { ...newest, problems: [...problems, ...newest.problems] };
    const near = outcome.total ? {} : nearest(outcome, store);
    const first = place("results").hasChildNodes() ? 0 : FIRST; // a list does not get shorter before it is full
    const parts = [described(outcome, store, 0, first), described(outcome, store, first, shown)];
    for (const part of [...parts, near]) Promise.resolve(part).catch(() => {}); // reported below
    await turn();
    if (own !== run) return;
    showSearch();
    const waiting = !store.catalogue.filled && !newest.selected;
    if (!waiting) await showChoices(own);
    const closer = await near;
    if (own !== run) return;
    outcome = { ...outcome, ...closer };
    for (const part of parts) {
      const list = await part;
      if (own !== run) return;
      outcome = { ...outcome, results: [...outcome.results, ...list] };
      if (list.length || !outcome.total) showResults();
      if (waiting && part === parts[0]) store.begin();
    }
    if (waiting) await showChoices(own);
    if (own !== run) return;
    await suggest(state.q).catch(() => {}); // the results stand without
    if (own !== run) return;
    place("broken").hidden = true;
    announce();
  } catch (error) {
    if (own === run) broken(error);
  } finally {
    if (own === run) place("results").removeAttribute("aria-busy");
  }
}

/** Show the search as it was understood. */
function showSearch() {
  place("problems").replaceChildren(
    ...outcome.problems.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
  );
  place("problems").hidden = !outcome.problems.length;
  sentence.show(place("sentence"), outcome, act);
}

/** Show what narrows the search, once it is counted. */
async function showChoices(own) {
  const choices = await counted(outcome, store);
  if (own !== run) return;
  outcome = { ...outcome, ...choices };
  facets.show(place("facets"), outcome, act, countAll);
  histogram.show(place("histogram"), outcome, act);
}

/** Count the facets too that are counted when a reader asks for them. */
async function countAll() {
  const own = run;
  try {
    await store.columns(true);
    if (own !== run) return;
    outcome = { ...outcome, selected: null };
    await showChoices(own);
  } catch (error) {
    failed(error, own, "choices");
  }
}

function showResults() {
  ready();
  results.show(place("results"), outcome, shown, act, more, download);
  offers.nothing(place("nothing"), outcome, act);
}

async function more() {
  const own = run;
  const from = outcome.results.length;
  try {
    const list = await described(outcome, store, from, from + AT_ONCE);
    if (own !== run || from !== outcome.results.length) return; // requested twice
    shown = from + list.length;
    outcome = { ...outcome, results: [...outcome.results, ...list], failed: "" };
    remember();
    showResults();
  } catch (error) {
    failed(error, own, "more");
  }
}

async function download(ending) {
  const own = run;
  try {
    if (ending === "csv") save("search-results.csv", csv(await tabulated(outcome, store)));
    else save(`search-results.${ending}`, await cited(outcome, store, ending));
  } catch (error) {
    failed(error, own, "download");
  }
}

/** Say beside the results what could not be done with them. */
function failed(error, own, what) {
  console.warn(`Search: ${error.message}`);
  if (own !== run) return;
  outcome = { ...outcome, failed: what };
  showResults();
}

/** Show the places of choices and results, which are empty until then. */
function ready() {
  place("without").hidden = true;
  document.querySelector(".search").classList.add("ready");
}

function broken(error) {
  ready();
  console.warn(`Search: ${error.message}`);
  place("broken").hidden = false;
  clearTimeout(announcing);
  for (const id of ["suggestions", "sentence", "status", "histogram", "nothing", "results"]) place(id).replaceChildren(); // of an earlier search
  document.title = title;
}

/** Put the result in the title and, after a pause, announce it to screen readers. */
function announce() {
  const text = sentence.plain(outcome);
  document.title = outcome.parts.length ? `${text} - ${title}` : title;
  clearTimeout(announcing);
  announcing = setTimeout(() => (place("status").textContent = text), SILENCE);
}

/** Change the search and run it. Words that are being typed are one entry of the history. */
function act(changes, typed = false) {
  clearTimeout(typing);
  const own = words(place("q").value);
  state = { ...state, q: own.q, ...changes };
  problems = own.problems;
  remember();
  shown = AT_ONCE;
  history[typed && byTyping ? "replaceState" : "pushState"]({ shown }, "", format(state, store.catalogue.facets) || location.pathname);
  address = location.search;
  byTyping = typed;
  fill(Object.keys(changes));
  return search();
}

function remember() {
  history.replaceState({ shown, top: scrollY }, "");
}

/** Write the search into its fields, but not over text that means the same, nor over a date yet to be corrected. */
function fill(changed) {
  if (words(place("q").value).q !== state.q) place("q").value = state.q;
  for (const end of ["from", "to"]) {
    const typed = limit(place(end).value);
    if (typed === state[end] || (typed === null && !changed.includes(end))) continue;
    place(end).value = state[end];
    complain(end, "");
  }
}

function complain(end, message) {
  place(`${end}-problem`).textContent = message;
  place(end).setAttribute("aria-invalid", String(Boolean(message)));
}

/** Search by the dates typed; if one is no date, or the range ends before it begins, say so at its field. */
function takeDates() {
  const dates = { from: limit(place("from").value), to: limit(place("to").value) };
  for (const end of ["from", "to"]) {
    const typed = place(end).value.trim();
    complain(end, dates[end] === null ? `“${typed}” was not understood; the dates searched have not changed. Write 2021, 2021-03, 2021-03-21 or 21 March 2021.` : "");
  }
  if (dates.from === null || dates.to === null) return;
  if (reversed(dates)) complain("to", `The range ends (${dates.to}) before it begins (${dates.from}).`);
  else if (dates.from !== state.from || dates.to !== state.to) act(dates);
}

function takeWords() {
  const own = words(place("q").value);
  if (own.q !== state.q || own.problems.length || problems.length) act({}, true);
}

/** Show what is suggested for words, unless others have been typed meanwhile. */
async function suggest(text) {
  const { q } = words(text);
  const list = await named({ ...state, q }, store);
  if (q === words(place("q").value).q) offers.suggested(place("suggestions"), { suggestions: list, indexes: store.catalogue.indexes }, act);
}

function listen() {
  place("q").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(takeWords, PAUSE);
    suggest(place("q").value).catch(() => {}); // the search reports it
  });
  for (const end of ["from", "to"]) place(end).addEventListener("change", takeDates);
  place("search").addEventListener("submit", (event) => {
    event.preventDefault();
    takeDates();
    takeWords();
    byTyping = false;
    if (!place("broken").hidden) search(); // the same words again
  });
  addEventListener("popstate", (event) => {
    const within = event.state === null && location.search === address; // a link to a place on this page
    if (!within) open(event.state);
  });
  place("search").addEventListener("focusin", () => store.begin(), { once: true }); // for what is done next
  addEventListener("pagehide", remember);
}

/** Run the search in the address, or by what was `typed` before the page was ready. */
async function open(remembered, typed = "") {
  clearTimeout(typing);
  ({ state, problems } = parse(location.search, store.catalogue.facets));
  if (typed) {
    state = { ...state, q: typed };
    history.replaceState({}, "", format(state, store.catalogue.facets));
  }
  address = location.search;
  shown = remembered?.shown ?? AT_ONCE;
  byTyping = false;
  place("q").value = state.q;
  fill(["from", "to"]);
  await search();
  if (remembered?.top) scrollTo(0, remembered.top);
}

const loading = (event) => event.preventDefault(); // the words are taken once the catalogue is there

async function start() {
  place("search").addEventListener("submit", loading);
  place("broken").querySelector("button").addEventListener("click", () => location.reload());
  try {
    history.scrollRestoration = "manual";
    store = await opened;
    const typed = words(place("q").value).q;
    listen();
    place("search").removeEventListener("submit", loading);
    await open(history.state, typed);
  } catch (error) {
    broken(error);
  }
}

if (window.DecompressionStream) await start();
else {
  place("without").hidden = true;
  place("outdated").hidden = false;
  place("search").remove();
}
