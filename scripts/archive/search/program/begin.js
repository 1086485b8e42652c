// Begin to load what the words in the address need. A file of its own, as the rest of the program comes too late for it.

import { Postings } from "./postings.js";
import { addressed, excessive, tokens } from "./tokens.js";

const PHRASE = /["“”„«»][^"“”„«»]*["“”„«»]/g;

export const beside = (file) => new URL(file, document.baseURI);

/** What a file of JSON holds. Throws Error if it cannot be loaded. */
export async function json(file, cache) {
  const response = await fetch(beside(file), { cache });
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}

/** The bytes of a file that is packed with gzip, and has a hash of its content for its name. */
export async function unpacked(file) {
  const response = await fetch(beside(file));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

/** The postings, of which the files that the words in the address need begin to load. */
async function started(cache) {
  const postings = new Postings(await json("words/index.json", cache), (name) => unpacked(`words/${name}.bin`));
  const typed = addressed(new URLSearchParams(location.search).get("q") ?? "");
  const q = excessive(typed) ? "" : typed;
  const words = (text) => tokens(text).map(({ word }) => word);
  postings.begin(words(q), words(q.match(PHRASE)?.join(" ") ?? ""));
  return postings;
}

let first = window.DecompressionStream && started("no-cache");
first?.catch(() => {}); // reported where it is awaited

/** The postings, at first those begun with the page. */
export function postings(cache) {
  const begun = cache === "no-cache" && first;
  first = undefined;
  return begun || started(cache);
}
