// Read the word index, as search/words.py makes it: which documents have a word, how weightily, and where.

const WHOLE = 2; // letters of a word of which neither other forms nor longer words are found: there are too many
const ROOT = 4; // letters that stay of a word whose ending is taken off,
const SHORT = 3; // or so many if it is in Cyrillic letters, or the ending is of two or an s
const NUMBER = /^[\p{N}.]+$/u;
const ADDRESS = /^ː/; // a number too
const KIN = 0.9; // how much another form of the word counts
const BEGINNING = 0.6; // how much a word that begins with it counts

export class Postings {
  #files = new Map(); // the promises of the files, by name

  /** `boot` is what words/index.json holds, `load` a function that returns the bytes of a file by its name. */
  constructor(boot, load) {
    const { edition, documents, block, files, pages, endings, changes, english } = boot;
    Object.assign(this, { edition, documents, block, pages, endings, changes, english, load });
    this.names = files; // [the word with which a file begins, its name]
    this.firsts = files.map(([first]) => first);
  }

  /** Begin to load the files in which these words stand, and the places of those in phrases. */
  begin(words, inPhrases) {
    for (const word of words) this.#shards(word, !whole(word)).catch(() => {}); // reported when used
    for (const word of inPhrases) for (const [, name] of this.#names(word, false)) this.#placesIn(name).catch(() => {});
  }

  /**
   * The words that a typed one stands for, a Map of [word, factor]: itself, its kin, and the words that begin with it, if
   * `may` allows what follows. If there are none, the word in another form, or without an ending, or with another, and its
   * kin; or the word without two. No more, for of a misspelt word the reader is told that no record has it.
   */
  async meant(typed, may = () => true) {
    const found = await this.#known(typed, may);
    if (found.size || alone(typed)) return found;
    const roots = this.#roots(typed);
    const once = [...this.#changed(typed), ...roots, ...roots.flatMap((root) => this.#changed(root))];
    const twice = roots.flatMap((root) => this.#roots(root));
    for (const [roots, ending] of [[once, this.form], [twice, (rest) => !rest]]) {
      for (const root of roots) {
        const others = await this.#known(root, ending);
        if (others.size) return others;
      }
    }
    return found;
  }

  /** Whether a word with this after it is a form of it. */
  form = (rest) => !rest || this.endings.includes(rest);

  #roots(word) {
    const least = (end) => (end.length > 1 || end === "s" || /\p{Script=Cyrillic}/u.test(end) ? SHORT : ROOT);
    const ends = this.endings.filter((end) => word.endsWith(end) && word.length - end.length >= least(end));
    return ends.map((end) => word.slice(0, -end.length));
  }

  /** The word with another end, such as "women" for "woman". */
  #changed(word) {
    const both = this.changes.flatMap(([one, other]) => [[one, other], [other, one]]);
    return both.filter(([end]) => word.endsWith(end)).map(([end, other]) => word.slice(0, -end.length) + other);
  }

  /** The word, and the words that begin with it, if `may` allows what follows in them; and the kin of its forms. */
  async #known(word, may) {
    const single = whole(word);
    const found = new Map();
    const add = (word, factor) => found.set(word, Math.max(factor, found.get(word) ?? 0));
    for (const { words, kin, weights } of await this.#shards(word, !single)) {
      for (let at = place(words, word); words[at]?.startsWith(word) && (!single || words[at] === word); at++) {
        const rest = words[at].slice(word.length);
        if (!may(rest)) continue;
        add(words[at], rest ? BEGINNING : 1);
        const name = weights[at] === weights[at + 1]; // in its English spelling, which no document has
        const form = rest ? name || this.endings.includes(rest) : !single;
        if (form) for (const other of kin[at]) add(other, rest && !name ? BEGINNING : KIN);
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

  /** For each document the weight of a phrase, of which each word is one of a Map, as for `weights`. */
  async phrase(phrase) {
    const each = await Promise.all(phrase.map((words) => this.weights(words)));
    const mean = (document) => each.reduce((sum, weights) => sum + weights[document], 0) / each.length;
    const weights = each[0].map((_, document) => (each.every((own) => own[document]) ? mean(document) : 0));
    if (phrase.length === 1 || !weights.some(Boolean)) return weights;
    const places = await Promise.all(phrase.map((words) => this.#places(words, weights)));
    weights.forEach((weight, document) => {
      if (!weight) return;
      const [starts, ...others] = places.map((at) => at.get(document));
      if (!starts.some((start) => others.every((at, number) => at.includes(start + number + 1)))) weights[document] = 0;
    });
    return weights;
  }

  /** The word's entry in the index: where its numbers begin, and its weights begin and end; undefined if it has none. */
  async #entry(word) {
    const [shard] = await this.#shards(word, false); // none where the archive has no words
    const at = shard && place(shard.words, word);
    if (shard?.words[at] !== word) return;
    const { name, bytes, gaps, weights } = shard;
    return { name, at, bytes, gap: gaps[at], weight: weights[at], end: weights[at + 1] };
  }

  /** The places of any of the words in each document that has a weight: a Map of [document, places]. */
  async #places(words, weights) {
    const found = new Map();
    for (const word of words.keys()) {
      const entry = await this.#entry(word);
      if (!entry) continue;
      const { bytes, starts } = await this.#placesIn(entry.name);
      const read = reader(bytes, starts[entry.at]);
      for (const document of documents(entry)) {
        const places = new Array(read());
        for (let number = 0, place = 0; number < places.length; number++) places[number] = place += read();
        if (weights[document]) found.set(document, [...(found.get(document) ?? []), ...places]);
      }
    }
    return found;
  }

  #shards(word, beginning) {
    return Promise.all(this.#names(word, beginning).map((names) => this.#shard(names)));
  }

  #shard([first, name]) {
    return this.#file(name, (bytes) => {
      const shard = { ...shardOf(bytes), name };
      if (shard.words[0] !== first || shard.weights.at(-1) !== bytes.length) throw new Error(`${name} is damaged`);
      return shard;
    });
  }

  /** The places of the words in a file. */
  #placesIn(name) {
    return this.#file(`${name}-places`, placesOf);
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

/** Whether a word stands for itself, having no other forms. */
function alone(word) {
  return NUMBER.test(word) || ADDRESS.test(word);
}

/** Whether a word stands for itself, and not for longer ones either. */
function whole(word) {
  return word.length <= WHOLE || alone(word);
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
  const gaps = sums(start, head.map(([, documents, more]) => documents + more));
  return {
    bytes,
    words: head.map(([word]) => word),
    kin: head.map(([, , , ...kin]) => kin),
    gaps,
    weights: sums(gaps.at(-1), head.map(([, documents]) => documents)),
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
function heaviest({ bytes, gap: next, weight, end }, factor, weights) {
  let document = -1;
  for (let at = weight; at < end; at++) {
    let gap = 0;
    let shift = 0;
    let byte;
    do {
      byte = bytes[next++];
      gap |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    document += gap + 1;
    const own = factor * bytes[at];
    if (own > weights[document]) weights[document] = own;
  }
}

/** The documents of an entry. */
function* documents({ bytes, gap, weight, end }) {
  const read = reader(bytes, gap);
  let document = -1;
  for (let at = weight; at < end; at++) yield (document += read() + 1);
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
