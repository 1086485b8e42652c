// Cut an excerpt from a page's text: the stretch of a section that has most matches.
//
// In a summary it begins with a sentence: without "The Office says", a claim would read as the archive's own.

const LENGTH = 32; // words
const BEFORE = 6; // words before the first match, except in a summary
const AFTER = 20; // words from the match on, if its sentence begins far before it

// The sections of a statement's page by their ids, with their headings, which are not in the index
const SECTIONS = {
  addressees: "To",
  "also-asked": "Also calls on",
  events: "On",
  mentions: "Also speaks of",
  instruments: "Cites",
  summary: "Summary of the statement, by the archive",
  requests: "What it asks",
  figures: "Figures as stated",
  terms: "Terms used, in the sources’ words",
  sources: "Sources",
};

/** A text's words as Pagefind counts them: separated by white space. */
export function wordsOf(text) {
  return text.split(/\s+/g);
}

/**
 * The excerpt as {section, pieces: [{text, marked}]}; no pieces if only the head of the page matches.
 *
 * `at` are places among the words of the text, `anchors` are Pagefind's: {id, location}, the place where each id begins.
 */
export function excerpt(text, at, anchors) {
  const words = wordsOf(text);
  const places = [...new Set(at)].filter((place) => place < words.length).sort((one, other) => one - other);
  if (!places.length) return { section: "", pieces: [] };
  const best = densest(places);
  const [section, first, last] = around(best, anchors, words.length);
  if (!section) return { section, pieces: [] }; // the result shows title and date already
  const sentence = beginning(words, best, first);
  const start = section === SECTIONS.summary ? sentence : Math.max(sentence, best - BEFORE);
  const end = Math.min(last, Math.max(start + LENGTH, best + AFTER));
  const marks = new Set(places);
  const pieces = [];
  for (let place = start; place < end; place++) {
    const marked = marks.has(place);
    const space = place + 1 < end ? " " : "";
    if (marked) pieces.push({ text: words[place], marked }, { text: space, marked: false });
    else if (pieces.length) pieces.at(-1).text += words[place] + space;
    else pieces.push({ text: words[place] + space, marked });
  }
  if (start > first) pieces.unshift({ text: "… ", marked: false });
  if (end < last) pieces.push({ text: " …", marked: false });
  return { section, pieces };
}

/** The place where the sentence with the word at a place begins. */
function beginning(words, place, first) {
  let start = place;
  while (start > first && !/[.!?…]["”’)]*$/.test(words[start - 1])) start--;
  return start;
}

/** The section in which a word stands, with the places of its first word and of the word after its last. */
function around(place, anchors, length) {
  const starts = anchors.filter(({ id }) => id in SECTIONS);
  const own = starts.findLast(({ location }) => location <= place);
  const next = starts.find(({ location }) => location > place);
  return [own ? SECTIONS[own.id] : "", own?.location ?? 0, next?.location ?? length];
}

/** The place from which a stretch has most matches. */
function densest(places) {
  let best = places[0];
  let most = 0;
  places.forEach((place, number) => {
    const within = places.slice(number).filter((other) => other < place + LENGTH).length;
    if (within > most) [best, most] = [place, within];
  });
  return best;
}
