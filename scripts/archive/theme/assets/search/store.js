// Load the archive's data for the search page, each file when it is first needed.

import { Catalogue } from "./catalogue.js";
import { Words } from "./words.js";

const beside = (file) => new URL(file, document.baseURI);

async function json(file, cache) {
  const response = await fetch(beside(file), { cache });
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}

export class Store {
  #catalogue; // the promise of the catalogue
  #rows = new Map(); // blocks of records, by number
  #words; // the promise of Words, from the first word on

  /**
   * The store, once the catalogue is loaded; `withWords` starts the word search at the same time.
   *
   * Like every other method, throws Error if a file cannot be loaded.
   */
  static async open(withWords) {
    const store = new Store();
    store.#catalogue = json("catalogue.json", "no-cache").then((data) => new Catalogue(data));
    if (withWords) store.words().catch(() => {}); // reported when it is used
    store.catalogue = await store.#catalogue;
    return store;
  }

  /** The word search. */
  words() {
    this.#words ??= this.#start();
    this.#words.catch(() => (this.#words = undefined)); // the next search tries again
    return this.#words;
  }

  /** [id, title, basis of the date] of the statement in this row. */
  async record(row) {
    const number = Math.floor(row / this.catalogue.block);
    if (!this.#rows.has(number)) {
      const block = this.#fetch(`rows/${number}.json`);
      block.catch(() => this.#rows.delete(number));
      this.#rows.set(number, block);
    }
    return (await this.#rows.get(number)).rows[row % this.catalogue.block];
  }

  /** The citations of a year's statements in the format with this file ending. */
  async citations(year, ending) {
    const response = await fetch(beside(`../statements/${year}/citations.${ending}`), { cache: "no-cache" });
    if (!response.ok) throw new Error(`citations of ${year}: ${response.status}`);
    return response.text();
  }

  /** Every word of the index, the most frequent first. */
  async vocabulary() {
    return (await this.#fetch("words.json")).words;
  }

  async #start() {
    return new Words(...(await Promise.all([engine(), this.#fetch("fragments.json"), this.#catalogue])));
  }

  /** A file of the catalogue's edition: the site may be published anew while a page is open, or an old file cached. */
  async #fetch(file) {
    for (const cache of ["no-cache", "reload"]) {
      const [data, { edition }] = await Promise.all([json(file, cache), this.#catalogue]);
      if (data.edition === edition) return data;
    }
    throw new Error(`${file} is of another edition`);
  }
}

/** Pagefind, ready, without a worker: to start one and move thousands of results takes longer than a search. */
async function engine() {
  const pagefind = await import(beside("pagefind/pagefind.js"));
  await pagefind.options({ noWorker: true });
  await pagefind.init();
  return pagefind;
}

/** The address of the page of an entry of an index, or, without an id, of the index. */
export function entry(index, id = "") {
  return beside(`../${index}/${id && `${id}/`}`).href;
}

/** The address of a statement. */
export function statement(id) {
  return beside(page(id)).href;
}

/** The permanent address of a statement, wherever this copy of the site is read. */
export function permanent(id) {
  return new URL(page(id), document.querySelector("link[rel=canonical]")?.href ?? document.baseURI).href;
}

function page(id) {
  return `../statements/${id.slice(0, 4)}/${id}/`;
}

/** fetch, but with Pagefind's files unpacked: Pagefind reads them so too, and is many times slower at unpacking. */
function unpacking(fetch) {
  return async (request, ...options) => {
    const response = await fetch(request, ...options);
    const packed = /\.(pf_\w+|pagefind)$/.test(new URL(request.url ?? request, document.baseURI).pathname);
    return packed && response.ok ? new Response(response.body.pipeThrough(new DecompressionStream("gzip"))) : response;
  };
}

if ("DecompressionStream" in window) window.fetch = unpacking(window.fetch.bind(window));

/** The store of this page, opened while the page is still being parsed, because the first search waits for it. */
export const opened = Store.open(new URLSearchParams(location.search).has("q"));
opened.catch(() => {}); // reported where it is awaited
