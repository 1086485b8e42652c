// Elements, and places on the page that are renewed without losing what a reader is doing in them.

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "rect"]);
const STATES = new Set(["checked", "selected", "value"]); // what a reader changes too: the property counts
const CONTROLS = ":is(a[href], button, input, select):not([data-no-heir])"; // what may inherit the focus
const given = new WeakMap(); // element -> the attributes it was made with

/** An element; a child that is no node is text; null, false and "" are no child. "on…" is a handler. */
export function h(tag, attributes = {}, ...children) {
  const node = DRAWN.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  if (tag === "button") node.type = "button"; // never sends the form
  dress(node, attributes);
  node.append(...nodes(children));
  return node;
}

/**
 * Make these the children of a place; without any it is hidden.
 *
 * Elements that stay are kept: those with the same data-key, or else the next of the same name. If the control with the
 * focus goes, the one marked data-heir takes it, or the one that now stands there, or the sentence about the search.
 */
export function update(place, ...children) {
  const held = place.contains(document.activeElement) ? document.activeElement : null;
  const at = held ? controls(place).indexOf(held) : -1;
  renew(place, nodes(children));
  place.hidden = !place.hasChildNodes();
  if (!held || document.activeElement === held) return;
  const now = controls(place);
  const heir = place.querySelector("[data-heir]") ?? now[Math.min(at, now.length - 1)];
  (held.isConnected ? held : (heir ?? document.getElementById("sentence")))?.focus();
}

function controls(place) {
  return [...place.querySelectorAll(CONTROLS)];
}

function nodes(children) {
  const real = children.flat(Infinity).filter((child) => child || child === 0);
  return real.map((child) => (child instanceof Node ? child : document.createTextNode(child)));
}

function dress(node, attributes) {
  for (const name of Object.keys(given.get(node) ?? {})) if (!(name in attributes)) put(node, name, null);
  for (const [name, value] of Object.entries(attributes)) put(node, name, value);
  given.set(node, attributes);
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
  // What has the focus would lose it by being moved: the others are moved around it.
  const held = kept.findIndex((node) => node.contains(document.activeElement));
  if (kept.every((node, at) => node === parent.childNodes[at])) return;
  kept.forEach((node, at) => {
    if (at < held) parent.insertBefore(node, kept[held]);
    else if (at > held) parent.append(node);
  });
}

function become(old, fresh) {
  if (old instanceof Text) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return old;
  }
  renew(old, [...fresh.childNodes]); // first the options, then which of them is chosen
  dress(old, given.get(fresh) ?? {});
  return old;
}
