// The reader's choice of colours, kept for the next page. This stands in the head and is no module, so that it has run
// before anything is drawn: nothing flashes.

{
  const KEY = "archive.colours";

  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // a browser may keep nothing for a site
    }
  };

  const show = (scheme) => document.body.setAttribute("data-md-color-scheme", scheme);

  const choose = (scheme) => {
    show(scheme);
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      // this page has it all the same
    }
  };

  if (chosen()) {
    new MutationObserver((_, self) => {
      if (!document.body) return; // as soon as it begins
      show(chosen());
      self.disconnect();
    }).observe(document.documentElement, { childList: true });
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const choice of document.querySelectorAll(".colours input")) {
      choice.checked = choice.value === (chosen() ?? "system");
      choice.addEventListener("change", () => choose(choice.value));
    }
  });
}
