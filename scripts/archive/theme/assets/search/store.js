// The archive's data for the search page, each file loaded when it is first needed.

import { Catalogue } from "./catalogue.js";
import { Words } from "./words.js";

const beside = (file) => new URL(file, document.baseURI);

export class Store {
  #rows = new Map(); // blocks of records, by number
  #words; // the promise of Words, from the first word on

  /** Raises Error where the catalogue cannot be loaded, as every other method does with its own file. */
  static async open(withWords) {
    const store = new Store();
    if (withWords) store.#pagefind().catch(() => {}); // beside the catalogue; what is wrong with it is said when it is used
    store.catalogue = new Catalogue(await store.#fetched("catalogue.json"));
    return store;
  }

  /** The engine for words. */
  words() {
    this.#words ??= this.#started();
    this.#words.catch(() => (this.#words = undefined)); // the next search tries again
    return this.#words;
  }

  /** [id, title] of the statement in this row. */
  async record(row) {
    const number = Math.floor(row / this.catalogue.block);
    if (!this.#rows.has(number)) {
      const block = this.#fetched(`rows/${number}.json`);
      block.catch(() => this.#rows.delete(number));
      this.#rows.set(number, block);
    }
    return (await this.#rows.get(number)).rows[row % this.catalogue.block];
  }

  /** Every word of the index, the most frequent first. */
  async vocabulary() {
    return (await this.#fetched("words.json")).words;
  }

  async #started() {
    const [pagefind, fragments] = await Promise.all([this.#pagefind(), this.#fetched("fragments.json")]);
    return new Words(pagefind, fragments, this.catalogue);
  }

  async #pagefind() {
    const pagefind = await import(beside("pagefind/pagefind.js"));
    await pagefind.init();
    return pagefind;
  }

  /** A file of the catalogue's own edition: the site may be renewed while a page is open, or an old file be kept. */
  async #fetched(file) {
    for (const cache of ["no-cache", "reload"]) {
      const response = await fetch(beside(file), { cache });
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      const data = await response.json();
      if (!this.catalogue || data.edition === this.catalogue.edition) return data;
    }
    throw new Error(`${file} is of another edition`);
  }
}

/** The address of an authority's page. */
export function authority(facet, id) {
  return beside(`../${facet === "event" ? "events" : "addressees"}/${id}/`).href;
}

/** The address of a statement. */
export function statement(id) {
  return beside(`../statements/${id.slice(0, 4)}/${id}/`).href;
}
