// The search page: from the address to what is shown, and from what a reader does back to the address.

import { limit } from "./dates.js";
import { csv, save } from "./download.js";
import * as facets from "./facets.js";
import { cited, described, find, nearest, suggestions as named, tabulated } from "./find.js";
import * as histogram from "./histogram.js";
import * as nothing from "./nothing.js";
import * as results from "./results.js";
import * as sentence from "./sentence.js";
import { EMPTY, format, parse } from "./state.js";
import { opened } from "./store.js";
import * as suggestions from "./suggestions.js";

const PAUSE = 250; // milliseconds after the last letter
const SILENCE = 500; // milliseconds before screen readers are told

const place = (id) => document.getElementById(id);
const title = document.title;

let store;
let state = EMPTY;
let problems = [];
let address = ""; // the query part of the one shown
let found;
let shown = results.AT_ONCE;
let run = 0; // the newest; one that ends after a newer one began shows nothing
let typing = 0; // the timer while a reader types
let byTyping = false; // whether typing made the present entry of the history
let announcing = 0;

/** Carry the search out. What needs no more from the network than the words do is shown while the results load. */
async function search() {
  const mine = ++run;
  try {
    const newest = await find(state, store);
    if (mine !== run) return;
    found = { ...newest, problems: [...problems, ...newest.problems] };
    place("results").setAttribute("aria-busy", "true");
    const loading = Promise.all([found.total ? {} : nearest(found, store), described(found, store, 0, shown)]);
    loading.catch(() => {}); // said below
    showChoices();
    const [near, list] = await loading;
    if (mine !== run) return;
    found = { ...found, ...near, results: list, more: found.total - list.length };
    showResults();
    place("broken").hidden = true;
    announce();
  } catch (error) {
    if (mine === run) broken(error);
  } finally {
    if (mine === run) place("results").removeAttribute("aria-busy");
  }
}

function showChoices() {
  place("problems").replaceChildren(
    ...found.problems.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
  );
  place("problems").hidden = !found.problems.length;
  suggestions.show(place("suggestions"), found, act);
  sentence.show(place("sentence"), found, act);
  facets.show(place("facets"), found, act);
  histogram.show(place("histogram"), found, act);
}

function showResults() {
  ready();
  results.show(place("results"), found, act, more, download);
  nothing.show(place("nothing"), found, act);
}

async function more() {
  const mine = run;
  const from = found.results.length;
  try {
    const list = await described(found, store, from, from + results.AT_ONCE);
    if (mine !== run || from !== found.results.length) return; // asked for twice
    shown = from + list.length;
    found = { ...found, results: [...found.results, ...list], more: found.total - shown };
    remember();
    showResults();
  } catch (error) {
    broken(error);
  }
}

async function download(ending) {
  try {
    if (ending === "csv") save("search-results.csv", csv(await tabulated(found, store)));
    else save(`search-results.${ending}`, await cited(found, store, ending));
  } catch (error) {
    broken(error);
  }
}

/** Show the places of choices and results, which until now are kept empty. */
function ready() {
  document.querySelector(".search").classList.add("ready");
}

function broken(error) {
  ready();
  console.warn(`Search: ${error.message}`);
  place("broken").hidden = false;
  for (const id of ["sentence", "histogram", "nothing", "results"]) place(id).replaceChildren(); // of an earlier search
  document.title = title;
}

/** Say in the title, and after a pause to screen readers, what was found. */
function announce() {
  const said = sentence.plain(found);
  document.title = found.parts.length ? `${said} - ${title}` : title;
  clearTimeout(announcing);
  announcing = setTimeout(() => (place("status").textContent = said), SILENCE);
}

/** Change the search and carry it out. What is typed in one go is one entry of the history. */
function act(changes, letter = false) {
  clearTimeout(typing);
  state = { ...state, q: place("q").value.trim(), ...changes };
  problems = [];
  shown = results.AT_ONCE;
  history[letter && byTyping ? "replaceState" : "pushState"]({ shown }, "", format(state) || location.pathname);
  address = location.search;
  byTyping = letter;
  fill(Object.keys(changes));
  return search();
}

function remember() {
  history.replaceState({ shown, top: scrollY }, "");
}

/** Write the search into the fields, but for what says the same already, and for a date that a reader has yet to mend. */
function fill(changed) {
  if (place("q").value.trim() !== state.q) place("q").value = state.q;
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

/** Take over the dates typed, unless one is none or they are the wrong way round, which is said at the field. */
function takeDates() {
  const dates = { from: limit(place("from").value), to: limit(place("to").value) };
  for (const end of ["from", "to"]) {
    const typed = place(end).value.trim();
    complain(end, dates[end] === null ? `“${typed}” was not understood; the dates searched have not changed. Write 2021, 2021-03, 2021-03-21 or 21 March 2021.` : "");
  }
  if (dates.from === null || dates.to === null) return;
  const understood = parse(format({ ...EMPTY, ...dates }), store.catalogue).state;
  if (understood.from !== dates.from) {
    complain("to", `The range ends (${dates.to}) before it begins (${dates.from}).`);
  } else if (dates.from !== state.from || dates.to !== state.to) act(dates);
}

function takeWords(letter) {
  const q = place("q").value.trim();
  if (q !== state.q) act({ q }, letter);
}

function listen() {
  place("q").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => takeWords(true), PAUSE);
    suggestions.show(place("suggestions"), { ...found, suggestions: named({ ...state, q: place("q").value }, store) }, act);
  });
  place("q").addEventListener("focus", () => void store.words().catch(() => {}), { once: true });
  for (const end of ["from", "to"]) place(end).addEventListener("change", takeDates);
  place("search").addEventListener("submit", (event) => {
    event.preventDefault();
    takeDates();
    takeWords(false);
    byTyping = false;
  });
  addEventListener("popstate", (event) => {
    const within = event.state === null && location.search === address; // to a place on this page
    if (!within) open(event.state);
  });
  addEventListener("pagehide", remember);
}

/** Show the search that stands in the address. */
async function open(remembered) {
  clearTimeout(typing);
  address = location.search;
  ({ state, problems } = parse(address, store.catalogue));
  shown = remembered?.shown ?? results.AT_ONCE;
  byTyping = false;
  place("q").value = state.q;
  fill(["from", "to"]);
  await search();
  if (remembered?.top) scrollTo(0, remembered.top);
}

place("without").hidden = true;
place("broken").querySelector("button").addEventListener("click", () => location.reload());
try {
  history.scrollRestoration = "manual";
  store = await opened;
  listen();
  await open(history.state);
} catch (error) {
  broken(error);
}
