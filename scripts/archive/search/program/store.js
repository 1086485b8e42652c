// Load the archive's data for the search page, each file when it is first needed.

import { beside, json, postings, unpacked } from "./begin.js";
import { Catalogue } from "./catalogue.js";
import { Words } from "./words.js";

const SMALL = 16_000; // bytes of the later columns that are loaded unasked
const ALONE = ["q", "sort"]; // what of an address needs no columns

export class Store {
  #catalogue; // the promise of the catalogue
  #columns = new Map(); // the promises of the bytes of the files of columns, by name
  #blocks = new Map(); // the promises of files of records and of texts, by name
  #words; // the promise of Words

  /**
   * The store, once the catalogue is loaded. What the search in this `address` needs begins to load too.
   *
   * Like every other method, throws Error if a file cannot be loaded.
   */
  static async open(address) {
    const store = new Store();
    const query = new URLSearchParams(address);
    store.#catalogue = json("catalogue.json", "no-cache").then((data) => {
      store.catalogue = new Catalogue(data);
      if ([...query.keys()].some((name) => !ALONE.includes(name))) store.begin();
      return store.catalogue;
    });
    await store.#catalogue;
    return store;
  }

  /** Begin to load the columns of the catalogue: of `all` facets, or of those that are counted at once. */
  begin(all = false) {
    const { columns, later } = this.catalogue;
    this.#bytes(columns);
    if (all || later.size <= SMALL) this.#bytes(later.name);
  }

  /** Give the catalogue its columns, without which it knows only the search for all, and the newest rows. */
  async columns(all = false) {
    const { catalogue } = this;
    const { columns, later } = catalogue;
    this.begin(all);
    const bytes = await this.#bytes(columns);
    if (!catalogue.filled) catalogue.fill(bytes);
    if (!all && later.size > SMALL) return;
    const others = await this.#bytes(later.name);
    if (!catalogue.whole) catalogue.complete(others);
  }

  #bytes(name) {
    if (!this.#columns.has(name)) {
      const bytes = unpacked(`columns/${name}.bin`);
      bytes.catch(() => this.#columns.delete(name)); // the next search tries again, and reports it
      this.#columns.set(name, bytes);
    }
    return this.#columns.get(name);
  }

  /** The word search. */
  words() {
    this.#words ??= this.#start();
    this.#words.catch(() => (this.#words = undefined)); // the next search tries again
    return this.#words;
  }

  /** The statement in this row: {id, title, basis, date, filing}; the basis is that of its date, `filing` the catalogue's. */
  async record(row) {
    const { catalogue } = this;
    if (!catalogue.knows(row)) await this.columns();
    const [id, title, basis] = catalogue.records[row] ?? (await this.#inBlock("rows", row, catalogue.block));
    return { id, title, basis, date: catalogue.dates[row], filing: catalogue.filing(row) };
  }

  /** The statement in this row, with what excerpts are made of: {id, title, date, filing, texts: [[heading, text], ...]}. */
  async texts(row) {
    const [id, title, date, filing, texts] = await this.#inBlock("texts", row, (await this.words()).postings.block);
    return { id, title, date, filing, texts };
  }

  async #inBlock(kind, row, size) {
    const name = `${kind}/${Math.floor(row / size)}.json`;
    if (!this.#blocks.has(name)) {
      const block = this.#fetch(name);
      block.catch(() => this.#blocks.delete(name)); // the next search tries again
      this.#blocks.set(name, block);
    }
    return (await this.#blocks.get(name))[kind][row % size];
  }

  /** The citations of a year's statements in the format with this file ending. */
  async citations(year, ending) {
    const response = await fetch(beside(`../statements/${year}/citations.${ending}`), { cache: "no-cache" });
    if (!response.ok) throw new Error(`citations of ${year}: ${response.status}`);
    return response.text();
  }

  /** Every word of the index, the most frequent first. */
  async vocabulary() {
    return (await this.#fetch("spelling.json")).words;
  }

  async #start() {
    const found = await this.#ofEdition(postings, "the word index");
    const catalogue = await this.#catalogue;
    found.pages.unshift(...catalogue.entries());
    return new Words(found, catalogue);
  }

  #fetch(file) {
    return this.#ofEdition((cache) => json(file, cache), file);
  }

  /**
   * What is loaded of the catalogue's edition: the site may be published anew while a page is open, or an old file cached.
   */
  async #ofEdition(load, name) {
    for (const cache of ["no-cache", "reload"]) {
      const [loaded, { edition }] = await Promise.all([load(cache), this.#catalogue]);
      if (loaded.edition === edition) return loaded;
    }
    throw new Error(`${name} is of another edition`);
  }
}

/** Let what is asked for leave, before what comes next takes its time. */
export function turn() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** The address of the page of an index. */
export function entry(index) {
  return within(`${index}/`);
}

/** The address of a page by its path within the site. */
export function within(path) {
  return beside(`../${path}`).href;
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

/** The store of this page, opened while the page is still being parsed, because the first search waits for it. */
export const opened = Store.open(location.search);
opened.catch(() => {}); // reported where it is awaited
