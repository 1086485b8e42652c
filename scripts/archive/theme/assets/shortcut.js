// "/" leads to the search field, unless the reader is typing or has turned the key off (WCAG 2.2, 2.1.4).

const field = document.querySelector("#site-search, #q");
const choice = document.querySelector("#slash");

function on() {
  try {
    return localStorage.getItem("archive.slash") !== "off";
  } catch {
    return true; // a browser may keep nothing for a site
  }
}

function show() {
  choice.checked = on();
  if (on()) field?.setAttribute("aria-keyshortcuts", "/");
  else field?.removeAttribute("aria-keyshortcuts");
}

function typing({ target }) {
  return target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
}

choice.addEventListener("change", () => {
  localStorage.setItem("archive.slash", choice.checked ? "on" : "off");
  show();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || typing(event) || !field || !on()) return;
  event.preventDefault();
  field.focus();
  field.select();
});
show();
