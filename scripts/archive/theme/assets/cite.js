// Copies a citation for the reader, and says so. The buttons are seen once they work. No module, for a browser loads none
// from the disk.

const said = document.querySelector("#copied");

for (const button of document.querySelectorAll("button.copy")) {
  button.addEventListener("click", () => copy(button.dataset));
  button.classList.add("ready");
}

for (const link of document.querySelectorAll("a.cite")) {
  link.addEventListener("click", () => copyPlace(link));
}

/** Copy the citation of the record with what stands at a link's anchor, to which the link leads in any case. */
async function copyPlace(link) {
  const place = document.querySelector(link.hash).cloneNode(true);
  for (const other of place.querySelectorAll(".cite")) other.remove();
  const cells = place.cells ? [...place.cells] : [place.querySelector("cite") ?? place];
  const words = cells.map((cell) => cell.textContent.trim().replaceAll(/\s+/g, " ")).join(", ");
  const [kind] = link.hash.slice(1).split("-");
  const citation = document.querySelector("#citation").textContent.trim();
  const own = document.querySelector("#citation a").textContent;
  said.textContent = "";
  try {
    await navigator.clipboard.writeText(`${citation.slice(0, -own.length)}${kind}: ${words}, ${own}${link.hash}`);
    said.textContent = `The citation is copied, with the place of this ${kind}.`;
    link.firstChild.data = "copied";
    setTimeout(() => (link.firstChild.data = "cite"), 3000);
  } catch {
    said.textContent = "This browser did not allow it. The address of this page now leads to the place.";
  }
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
