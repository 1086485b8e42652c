// The archive's data for the search page, each file loaded when it is first needed.

import { Catalogue } from "./catalogue.js";
import { Words } from "./words.js";

const beside = (file) => new URL(file, document.baseURI);

async function json(file, cache) {
  const response = await fetch(beside(file), { cache });
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}

export class Store {
  #opened; // the promise of the catalogue
  #rows = new Map(); // blocks of records, by number
  #words; // the promise of Words, from the first word on

  /**
   * The store, once the catalogue is there; `withWords` loads the engine for words beside it.
   *
   * Raises Error where a file cannot be loaded, as every other method does.
   */
  static async open(withWords) {
    const store = new Store();
    store.#opened = json("catalogue.json", "no-cache").then((data) => new Catalogue(data));
    if (withWords) store.words().catch(() => {}); // said when it is used
    store.catalogue = await store.#opened;
    return store;
  }

  /** The engine for words. */
  words() {
    this.#words ??= this.#started();
    this.#words.catch(() => (this.#words = undefined)); // the next search tries again
    return this.#words;
  }

  /** [id, title, basis of the date] of the statement in this row. */
  async record(row) {
    const number = Math.floor(row / this.catalogue.block);
    if (!this.#rows.has(number)) {
      const block = this.#fetched(`rows/${number}.json`);
      block.catch(() => this.#rows.delete(number));
      this.#rows.set(number, block);
    }
    return (await this.#rows.get(number)).rows[row % this.catalogue.block];
  }

  /** The citations of a year's statements, as the file with this ending has them. */
  async citations(year, ending) {
    const response = await fetch(beside(`../statements/${year}/citations.${ending}`), { cache: "no-cache" });
    if (!response.ok) throw new Error(`citations of ${year}: ${response.status}`);
    return response.text();
  }

  /** Every word of the index, the most frequent first. */
  async vocabulary() {
    return (await this.#fetched("words.json")).words;
  }

  async #started() {
    return new Words(...(await Promise.all([engine(), this.#fetched("fragments.json"), this.#opened])));
  }

  /** A file of the catalogue's own edition: the site may be renewed while a page is open, or an old file be kept. */
  async #fetched(file) {
    for (const cache of ["no-cache", "reload"]) {
      const [data, { edition }] = await Promise.all([json(file, cache), this.#opened]);
      if (data.edition === edition) return data;
    }
    throw new Error(`${file} is of another edition`);
  }
}

/** Pagefind, ready. Starting a worker, and handing thousands of results over from it, takes longer than a search. */
async function engine() {
  const pagefind = await import(beside("pagefind/pagefind.js"));
  await pagefind.options({ noWorker: true });
  await pagefind.init();
  return pagefind;
}

/** The address of an authority's page. */
export function authority(facet, id) {
  return beside(`../${facet === "event" ? "events" : "addressees"}/${id}/`).href;
}

/** The address of a statement. */
export function statement(id) {
  return beside(page(id)).href;
}

/** The address of a statement for good, wherever this copy of the site is read. */
export function permanent(id) {
  return new URL(page(id), document.querySelector("link[rel=canonical]")?.href ?? document.baseURI).href;
}

function page(id) {
  return `../statements/${id.slice(0, 4)}/${id}/`;
}

/** Fetches as before, but Pagefind's files unpacked: it takes them so too, and by itself is many times slower at it. */
function unpacking(fetched) {
  return async (asked, ...more) => {
    const answer = await fetched(asked, ...more);
    const packed = /\.(pf_\w+|pagefind)$/.test(new URL(asked.url ?? asked, document.baseURI).pathname);
    return packed && answer.ok ? new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))) : answer;
  };
}

if ("DecompressionStream" in window) window.fetch = unpacking(window.fetch.bind(window));

/** The store of this page, begun while the page is still being read: a first search waits for what it loads. */
export const opened = Store.open(new URLSearchParams(location.search).has("q"));
opened.catch(() => {}); // said by who awaits it
