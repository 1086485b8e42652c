// Statements over time: a bar for each year, or each month of a year, that also sets the range.

import { MONTHS } from "./dates.js";
import { h, update } from "./element.js";
import { number } from "./sentence.js";

const HEIGHT = 48;
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -Infinity, End: Infinity };

let current = ""; // the bar that the tab key reaches
let marking = null; // {first, last}: the bars being marked, before they are chosen
let start = ""; // the bar on which the pointer went down
let dragged = false;

export function show(place, outcome, act) {
  const { unit, year, items } = outcome.bars;
  if (!items.some(({ count }) => count)) return update(place);
  const keys = items.map(({ key }) => key);
  if (!keys.includes(current)) {
    current = (items.find(({ inside, count }) => inside && count) ?? items.find(({ count }) => count)).key;
    marking = null;
  }
  const again = () => show(place, outcome, act);
  const choose = (changes) => {
    marking = null;
    act(changes);
  };
  const most = Math.max(...items.map(({ count }) => count));
  const uncertain = items.some(({ maybe }) => maybe);

  update(
    place,
    h("h2", { id: "histogram-title" }, unit === "year" ? "Statements by year" : `Statements in ${year} by month`),
    unit === "month" &&
      h("button", { class: "quiet", "data-key": "years", onclick: () => choose(years(year)) }, "All years"),
    h(
      "ol",
      {
        class: `bars spans ${unit}s`,
        role: "group",
        "aria-labelledby": "histogram-title",
        "aria-describedby": "histogram-help",
        ...dragging(again, choose),
      },
      items.map((item) => {
        const { key } = item;
        const handlers = {
          onclick: (event) => pressed(event, key, outcome, choose),
          onfocus: () => reach(place, key),
          onkeydown: (event) => step(event, key, keys, place, again),
        };
        return h("li", { "data-key": key, role: "none" }, bar(item, most, handlers));
      }),
    ),
    uncertain &&
      h(
        "p",
        { class: "meta", "data-key": "uncertain" },
        h("span", { class: "swatch", "aria-hidden": "true" }),
        ` Outlined: date uncertain, perhaps in another ${unit}`,
      ),
  );
}

function bar(item, most, handlers) {
  const { key, label, count, inside } = item;
  const marked = marking !== null && between(key, marking);
  return h(
    "button",
    {
      class: marked ? "bar marked" : "bar",
      "data-bar": key,
      "data-heir": key === current,
      "aria-pressed": String(inside),
      tabindex: key === current ? 0 : -1,
      ...handlers,
    },
    h("span", { class: "unseen" }, `${when(key)}: `),
    h("span", { class: "name", "aria-hidden": "true" }, label),
    h("span", { class: "number" }, number(count)),
    h("span", { class: "unseen" }, said(item), marked && ", marked"),
    drawing(item, most),
  );
}

function years(year) {
  current = year;
  return { from: "", to: "" };
}

/** "2021" or "March 2021" */
function when(key) {
  const [year, month] = key.split("-");
  return month ? `${MONTHS[month - 1]} ${year}` : year;
}

/** What follows a number: " statements, 2 of them perhaps" */
function said({ count, maybe }) {
  const perhaps = !maybe ? "" : maybe < count ? `, ${number(maybe)} of them perhaps` : ", perhaps";
  return `${count === 1 ? " statement" : " statements"}${perhaps}`;
}

function drawing({ count, maybe }, most) {
  const height = (number) => (number ? Math.max(1, Math.round((number / most) * (HEIGHT - 1))) : 0);
  const whole = height(count);
  const sure = Math.min(height(count - maybe), whole);
  const rect = (kind, top, size) => size > 0 && h("rect", { class: kind, x: 0, y: top, width: 10, height: size });
  return h(
    "svg",
    { viewBox: `0 0 10 ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    rect("maybe", HEIGHT - whole, whole - sure),
    rect("sure", HEIGHT - sure, sure),
  );
}

function between(key, { first, last }) {
  return key >= (first < last ? first : last) && key <= (first < last ? last : first);
}

function span({ first, last }) {
  return first < last ? { from: first, to: last } : { from: last, to: first };
}

function pressed(event, key, { state, bars }, choose) {
  if (dragged) return; // the end of a drag is no click
  current = key;
  if (marking && between(key, marking)) choose(span(marking));
  else if (event.shiftKey) choose(extended(state, key));
  else if (state.from !== key || state.to !== key) choose({ from: key, to: key });
  else choose({ from: bars.year, to: bars.year }); // a month pressed again
}

/** The range extended to the key's year or month; if that is in it already, the range now ends there. */
function extended({ from, to }, key) {
  if (!from && !to) return { from: key, to: key };
  if (from && key < from.slice(0, key.length)) return { from: key, to };
  if (!from && key <= to) return { from: key, to };
  return { from, to: key };
}

function reach(place, key) {
  if (current === key) return;
  current = key;
  for (const bar of place.querySelectorAll("[data-bar]")) {
    bar.tabIndex = bar.dataset.bar === key ? 0 : -1;
    bar.toggleAttribute("data-heir", bar.dataset.bar === key);
  }
}

function step(event, key, keys, place, again) {
  if (event.key === "Escape" && marking) {
    marking = null;
    again();
  }
  if (!(event.key in STEPS) || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const at = Math.min(Math.max(keys.indexOf(key) + STEPS[event.key], 0), keys.length - 1);
  marking = event.shiftKey ? { first: marking?.first ?? key, last: keys[at] } : null;
  again();
  place.querySelector(`[data-bar="${keys[at]}"]`).focus();
}

/** Handlers for a drag over several bars, by mouse or touch; gestures that scroll the page are left to the browser. */
function dragging(again, choose) {
  const over = (event) => {
    const bar = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-bar]");
    return bar && event.currentTarget.contains(bar) ? bar.dataset.bar : "";
  };
  return {
    onpointerdown: (event) => {
      dragged = false;
      start = event.button === 0 && !event.shiftKey ? over(event) : "";
    },
    onpointermove: (event) => {
      const last = start && over(event);
      if (!last || (!dragged && last === start)) return;
      if (!dragged) event.currentTarget.setPointerCapture(event.pointerId);
      dragged = true;
      if (marking?.last === last) return;
      marking = { first: start, last };
      again();
    },
    onpointerup: () => {
      start = "";
      if (dragged && marking) choose(span(marking));
      setTimeout(() => (dragged = false)); // after the click that follows
    },
    onpointercancel: () => {
      start = "";
      if (!dragged) return;
      dragged = false;
      marking = null;
      again();
    },
  };
}
