// What the reader has chosen, kept for the next page: the colours, and whether "/" leads to the search field (WCAG 2.2,
// 2.1.4). This stands in the head and is no module, so that the colours are there before anything is drawn.

{
  const FIELD = "#site-search, #q";
  const choices = { colours: "system", slash: "on" };

  const show = () => {
    document.documentElement.dataset.colours = choices.colours;
    for (const choice of document.querySelectorAll(".colours input")) choice.checked = choice.value === choices.colours;
    for (const choice of document.querySelectorAll("#slash")) choice.checked = choices.slash === "on";
    for (const field of document.querySelectorAll(FIELD)) field.ariaKeyShortcuts = choices.slash === "on" ? "/" : null;
  };

  const recall = () => {
    try {
      for (const name in choices) choices[name] = localStorage.getItem(`archive.${name}`) ?? choices[name];
    } catch {
      // a browser may keep nothing for a site
    }
    show();
  };

  const choose = (name, value) => {
    choices[name] = value;
    show();
    try {
      localStorage.setItem(`archive.${name}`, value);
    } catch {
      // this page has it all the same
    }
  };

  const isTyping = ({ target }) =>
    target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), textarea, select");

  document.addEventListener("change", ({ target }) => {
    if (target.matches(".colours input")) choose("colours", target.value);
    if (target.matches("#slash")) choose("slash", target.checked ? "on" : "off");
  });
  document.addEventListener("keydown", (event) => {
    const field = document.querySelector(FIELD);
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!field || choices.slash !== "on" || isTyping(event)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  // A report of an error by mail quotes the passage that the reader has marked, even if the click on it unmarks it.
  let passage = "";
  document.addEventListener("selectionchange", () => (passage = String(getSelection()).trim().slice(0, 500) || passage));
  document.addEventListener("click", ({ target }) => {
    const report = target.closest("a[href^='mailto:'][href*='body=']");
    if (report && passage) report.href += encodeURIComponent(`\nPassage: “${passage}”\n`);
    passage = "";
  });
  // A copy on a disk can load nothing for a search; what was typed goes along to the one on the web.
  const isOnDisk = location.protocol === "file:";
  document.documentElement.toggleAttribute("data-on-disk", isOnDisk);
  const toWeb = () => {
    for (const link of isOnDisk ? document.querySelectorAll("#on-disk a[href^=http]") : []) link.search = location.search;
  };
  document.addEventListener("DOMContentLoaded", toWeb);
  document.addEventListener("DOMContentLoaded", show);
  addEventListener("pageshow", recall); // a page that is gone back to has missed what was chosen since
  recall();
}
