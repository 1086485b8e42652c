// Make elements, and update places on the page without losing the focus or what a reader types there.

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "rect"]);
const STATES = new Set(["checked", "selected", "value"]); // readers change these too: set the property, not the attribute
const CONTROLS = ":is(a[href], button, input, select):not([data-no-heir])"; // what may take over the focus
const attributesOf = new WeakMap(); // element -> the attributes it was made with

/** Make an element. A child that is no node becomes text; null, false and "" are left out. "on…" sets a handler. */
export function h(tag, attributes = {}, ...children) {
  const node = DRAWN.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  if (tag === "button") node.type = "button"; // never sends the form
  dress(node, attributes);
  node.append(...nodes(children));
  return node;
}

/**
 * Replace the children of a place; without any it is hidden.
 *
 * Elements that stay are reused: those with the same data-key, or else the next of the same name. If the control with
 * the focus goes, the one marked data-heir gets it, or the one now in its place, or the sentence about the search.
 */
export function update(place, ...children) {
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const at = focused ? controls(place).indexOf(focused) : -1;
  renew(place, nodes(children));
  place.hidden = !place.hasChildNodes();
  if (!focused || document.activeElement === focused) return;
  const now = controls(place);
  const heir = place.querySelector("[data-heir]") ?? now[Math.min(at, now.length - 1)];
  (focused.isConnected ? focused : (heir ?? document.getElementById("sentence")))?.focus();
}

function controls(place) {
  return [...place.querySelectorAll(CONTROLS)];
}

function nodes(children) {
  const real = children.flat(Infinity).filter((child) => child || child === 0);
  return real.map((child) => (child instanceof Node ? child : document.createTextNode(child)));
}

function dress(node, attributes) {
  for (const name of Object.keys(attributesOf.get(node) ?? {})) if (!(name in attributes)) put(node, name, null);
  for (const [name, value] of Object.entries(attributes)) put(node, name, value);
  attributesOf.set(node, attributes);
}

function put(node, name, value) {
  if (name.startsWith("on")) node[name] = value;
  else if (STATES.has(name)) {
    if (node[name] !== value) node[name] = value ?? "";
  } else if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
}

function renew(parent, fresh) {
  const old = [...parent.childNodes];
  const kept = fresh.map((node) => {
    const at = old.findIndex((other) => other.nodeName === node.nodeName && other.dataset?.key === node.dataset?.key);
    return at < 0 ? node : become(old.splice(at, 1)[0], node);
  });
  for (const node of old) node.remove();
  // an element loses the focus when it is moved: the others are moved around it
  const focused = kept.findIndex((node) => node.contains(document.activeElement));
  if (kept.every((node, at) => node === parent.childNodes[at])) return;
  kept.forEach((node, at) => {
    if (at < focused) parent.insertBefore(node, kept[focused]);
    else if (at > focused) parent.append(node);
  });
}

function become(old, fresh) {
  if (old instanceof Text) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return old;
  }
  renew(old, [...fresh.childNodes]); // first the options, then which of them is chosen
  dress(old, attributesOf.get(fresh) ?? {});
  return old;
}
