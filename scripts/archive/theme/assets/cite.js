// Copies a citation for the reader, and says so. The buttons are seen once they work.

const said = document.querySelector("#copied");

for (const button of document.querySelectorAll("button.copy")) {
  button.addEventListener("click", () => copy(button.dataset));
  button.classList.add("ready");
}

async function copy({ copy: place, copied }) {
  said.textContent = ""; // what is said twice is then also read out twice
  try {
    await put(place);
    said.textContent = copied;
  } catch {
    said.textContent = "This browser did not allow it. The text can be marked and copied, or the file downloaded.";
  }
}

/** Put what stands at a place, "#id" of this page or a file beside it, on the clipboard. */
async function put(place) {
  const { clipboard } = navigator; // none where the site is not served over HTTPS
  const text = place.startsWith("#") ? document.querySelector(place).textContent.trim() : load(place);
  if (typeof text === "string") return clipboard.writeText(text);
  // Given as a promise, for the reader's leave to copy may lapse while the file is loaded.
  const blob = text.then((loaded) => new Blob([loaded], { type: "text/plain" }));
  return clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

async function load(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${response.status} for ${file}`);
  return response.text();
}
