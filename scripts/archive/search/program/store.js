// Load the archive's data for the search page, each file when it is first needed.

import { Catalogue } from "./catalogue.js";
import { Postings } from "./postings.js";
import { LONGEST } from "./state.js";
import { tokens } from "./tokens.js";
import { Words } from "./words.js";

const PHRASE = /["“”„«»][^"“”„«»]*["“”„«»]/g;

const beside = (file) => new URL(file, document.baseURI);

async function json(file, cache) {
  const response = await fetch(beside(file), { cache });
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}

export class Store {
  #catalogue; // the promise of the catalogue
  #columns; // the promise of the bytes of the columns
  #blocks = new Map(); // the promises of files of records and of texts, by name
  #words; // the promise of Words

  /**
   * The store, once the catalogue is loaded. What the search in this `address` needs begins to load too.
   *
   * Like every other method, throws Error if a file cannot be loaded.
   */
  static async open(address) {
    const store = new Store();
    const typed = new URLSearchParams(address).get("q") ?? "";
    store.#catalogue = json("catalogue.json", "no-cache").then((data) => {
      store.catalogue = new Catalogue(data);
      if (address) store.begin();
      return store.catalogue;
    });
    store.words(typed).catch(() => {}); // reported when they are used
    await store.#catalogue;
    return store;
  }

  /** Begin to load the columns of the catalogue. */
  begin() {
    this.#columns ??= unpacked(`columns/${this.catalogue.columns}.bin`);
    this.#columns.catch(() => (this.#columns = undefined)); // the next search tries again, and reports it
  }

  /** Give the catalogue its columns, without which it knows only the search for all, and the newest rows. */
  async columns() {
    this.begin();
    const bytes = await this.#columns;
    if (!this.catalogue.filled) this.catalogue.fill(bytes);
  }

  /** The word search. */
  words(typed = "") {
    this.#words ??= this.#start(typed);
    this.#words.catch(() => (this.#words = undefined)); // the next search tries again
    return this.#words;
  }

  /** [id, title, basis of the date] of the statement in this row. */
  async record(row) {
    return this.catalogue.records[row] ?? this.#inBlock("rows", row, this.catalogue.block);
  }

  /** [id, title, [[heading, text], ...]] of the statement in this row: what excerpts are made of. */
  async texts(row) {
    return this.#inBlock("texts", row, (await this.words()).postings.block);
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

  async #start(typed) {
    const postings = await this.#fetch("words/index.json", (boot) => {
      const made = new Postings(boot, (name) => unpacked(`words/${name}.bin`));
      const words = (text) => tokens(text).map(({ word }) => word);
      const q = typed.slice(0, LONGEST);
      made.begin(words(q), words(q.match(PHRASE)?.join(" ") ?? ""));
      return made;
    });
    const catalogue = await this.#catalogue;
    postings.pages.unshift(...catalogue.entries());
    return new Words(postings, catalogue);
  }

  /**
   * A file of the catalogue's edition, or what is made of it before that is known: the site may be published anew while
   * a page is open, or an old file cached.
   */
  async #fetch(file, make = (data) => data) {
    for (const cache of ["no-cache", "reload"]) {
      const [made, { edition }] = await Promise.all([json(file, cache).then(make), this.#catalogue]);
      if (made.edition === edition) return made;
    }
    throw new Error(`${file} is of another edition`);
  }
}

/** The bytes of a file that is packed with gzip, and has a hash of its content for its name. */
async function unpacked(file) {
  const response = await fetch(beside(file));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
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
