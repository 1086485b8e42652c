// Read the word index, as search/words.py makes it: which documents have a word, how weightily, and where.

const WHOLE = 2; // letters of a word of which neither other forms nor longer words are found: there are too many
const ROOT = 4; // letters that stay of a word whose ending is taken off
const NUMBER = /^[\p{N}.]+$/u;
const KIN = 0.9; // how much another form of the word counts
const BEGINNING = 0.6; // how much a word that begins with it counts

export class Postings {
  #files = new Map(); // the promises of the files, by name

  /** `boot` is what words/index.json holds, `load` a function that returns the bytes of a file by its name. */
  constructor(boot, load) {
    const { edition, documents, block, files, pages, endings } = boot;
    Object.assign(this, { edition, documents, block, pages, endings, load });
    this.names = files; // [the word with which a file begins, its name, that of the file of places beside it]
    this.firsts = files.map(([first]) => first);
  }

  /** Begin to load the files in which these words stand, and the places of those in phrases. */
  begin(words, inPhrases) {
    for (const word of words) this.#shards(word, !whole(word)).catch(() => {}); // reported when used
    for (const word of inPhrases) for (const [, , beside] of this.#names(word, false)) this.#file(beside, placesOf).catch(() => {});
  }

  /**
   * The words that a typed one stands for, a Map of [word, factor]: itself, its kin, and the words that begin with it.
   *
   * Without the last, if not `longer`. If there are none, the word without an ending, or with another, and its kin; or the word without two. No more, for
   * of a misspelt word the reader is told that no record has it.
   */
  async meant(typed, longer = true) {
    const found = await this.#known(typed, (rest) => longer || !rest);
    if (found.size || NUMBER.test(typed)) return found;
    const once = this.#roots(typed);
    const twice = once.flatMap((root) => this.#roots(root));
    for (const [roots, endings] of [[once, ["", ...this.endings]], [twice, [""]]]) {
      for (const root of roots) {
        const others = await this.#known(root, (rest) => endings.includes(rest));
        if (others.size) return others;
      }
    }
    return found;
  }

  #roots(word) {
    const ends = this.endings.filter((end) => word.endsWith(end) && word.length - end.length >= ROOT);
    return ends.map((end) => word.slice(0, -end.length));
  }

  /** The word, its kin, and the words that begin with it, if `may` allows what follows in them. */
  async #known(word, may) {
    const alone = whole(word);
    const found = new Map();
    for (const { words, kin } of await this.#shards(word, !alone)) {
      for (let at = place(words, word); words[at]?.startsWith(word) && (!alone || words[at] === word); at++) {
        if (!may(words[at].slice(word.length))) continue;
        found.set(words[at], Math.max(words[at] === word ? 1 : BEGINNING, found.get(words[at]) ?? 0));
        if (words[at] === word && !alone) for (const other of kin[at]) found.set(other, KIN);
      }
    }
    return found;
  }

  /** For each document the weight, from 0 to 255, of the word in `words`, a Map of [word, factor], that counts most. */
  async weights(words) {
    const weights = new Float32Array(this.documents);
    const entries = await Promise.all([...words].map(async ([word, factor]) => [await this.#entry(word), factor]));
    for (const [entry, factor] of entries) if (entry) heaviest(entry, factor, weights);
    return weights;
  }

  /** For each document the weight of the words that stand in it in this order, one after the other. */
  async phrase(words) {
    const distinct = [...new Set(words)];
    const each = await Promise.all(distinct.map((word) => this.weights(new Map([[word, 1]]))));
    const mean = (document) => each.reduce((sum, weights) => sum + weights[document], 0) / each.length;
    const weights = each[0].map((_, document) => (each.every((own) => own[document]) ? mean(document) : 0));
    if (words.length === 1 || !weights.some(Boolean)) return weights;
    const places = new Map(await Promise.all(distinct.map(async (word) => [word, await this.#places(word, weights)])));
    weights.forEach((weight, document) => {
      if (!weight) return;
      const [starts, ...others] = words.map((word) => places.get(word).get(document));
      if (!starts.some((start) => others.every((at, number) => at.includes(start + number + 1)))) weights[document] = 0;
    });
    return weights;
  }

  /** The word's entry in the index: the bytes of its postings, from `start` to `end`; undefined if it has none. */
  async #entry(word) {
    const [shard] = await this.#shards(word, false); // none where the archive has no words
    const at = shard && place(shard.words, word);
    if (shard?.words[at] === word) return { shard, at, bytes: shard.bytes, start: shard.starts[at], end: shard.starts[at + 1] };
  }

  /** The places of the word in each document that has a weight: a Map of [document, places]. */
  async #places(word, weights) {
    const { shard, at, ...entry } = await this.#entry(word);
    const { bytes, starts } = await this.#file(shard.beside, placesOf);
    const read = reader(bytes, starts[at]);
    const found = new Map();
    for (const document of documents(entry)) {
      const places = new Array(read());
      for (let number = 0, place = 0; number < places.length; number++) places[number] = place += read();
      if (weights[document]) found.set(document, places);
    }
    return found;
  }

  #shards(word, beginning) {
    return Promise.all(this.#names(word, beginning).map((names) => this.#shard(names)));
  }

  #shard([first, name, beside]) {
    return this.#file(name, (bytes) => {
      const shard = { ...shardOf(bytes), beside };
      if (shard.words[0] !== first || shard.starts.at(-1) !== shard.bytes.length) throw new Error(`${name} is damaged`);
      return shard;
    });
  }

  /** The files in which a word stands, and, if it may be a beginning, the words that begin with it. */
  #names(word, beginning) {
    const first = Math.max(0, place(this.firsts, `${word}\0`) - 1);
    let end = first + 1;
    while (beginning && this.names[end]?.[0].startsWith(word)) end++;
    return this.names.slice(first, end);
  }

  #file(name, read) {
    if (!this.#files.has(name)) {
      const file = this.load(name).then(read);
      file.catch(() => this.#files.delete(name)); // the next search tries again
      this.#files.set(name, file);
    }
    return this.#files.get(name);
  }
}

/** Whether a word stands for itself alone. */
function whole(word) {
  return word.length <= WHOLE || NUMBER.test(word);
}

/** The place of a word in a sorted list, or where it would stand. */
function place(words, word) {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shardOf(bytes) {
  const [head, start] = line(bytes);
  return {
    bytes,
    words: head.map(([word]) => word),
    kin: head.map(([, , , ...kin]) => kin),
    starts: sums(start, head.map(([, , length]) => length)),
  };
}

function placesOf(bytes) {
  const [lengths, start] = line(bytes);
  return { bytes, starts: sums(start, lengths) };
}

/** The line of JSON with which a file begins, and where it ends. */
function line(bytes) {
  const end = bytes.indexOf(10);
  return [JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))), end + 1];
}

function sums(start, lengths) {
  const starts = [start];
  for (const length of lengths) starts.push(starts.at(-1) + length);
  return starts;
}

/** Raise the weight of each document of an entry to that of its word. */
function heaviest({ bytes, start, end }, factor, weights) {
  let document = -1;
  for (let at = start; at < end; ) {
    let gap = 0;
    let shift = 0;
    let byte;
    do {
      byte = bytes[at++];
      gap |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    document += gap + 1;
    const weight = factor * bytes[at++];
    if (weight > weights[document]) weights[document] = weight;
  }
}

/** The documents of an entry. */
function* documents({ bytes, start, end }) {
  const read = reader(bytes, start);
  for (let document = -1; read.at < end; read.at++) yield (document += read() + 1); // a byte of weight after each
}

/** A function that reads one integer after the other, from `at` on. */
export function reader(bytes, start) {
  const read = () => {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[read.at++];
      number |= (byte & 127) << shift;
      if (!(byte > 127)) return number;
    }
  };
  read.at = start;
  return read;
}
