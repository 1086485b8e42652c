// The reader's choice of colours, kept for the next page, where the masthead applies it before anything is drawn.

const KEY = "archive.colours";

function chosen() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser may keep nothing for a site
  }
}

for (const choice of document.querySelectorAll(".colours input")) {
  choice.checked = choice.value === (chosen() ?? "system");
  choice.addEventListener("change", () => {
    document.body.setAttribute("data-md-color-scheme", choice.value);
    try {
      localStorage.setItem(KEY, choice.value);
    } catch {
      // this page has it all the same
    }
  });
}
