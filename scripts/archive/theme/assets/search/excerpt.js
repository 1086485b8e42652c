// A page's text and where its matches are -> the stretch of one section that has most of them.

const LENGTH = 32; // words
const BEFORE = 6; // words before the first match

// The sections of a statement's page by their ids, in the words of its headings, which are not searched
const SECTIONS = {
  addressees: "To",
  "also-asked": "Also calls on",
  events: "On",
  mentions: "Also speaks of",
  instruments: "Cites",
  summary: "Summary, by the archive",
  requests: "What it asks",
  figures: "Figures as stated",
  terms: "Terms used",
  sources: "Sources",
};

/** A text's words as Pagefind counts them: what white space parts. */
export function wordsOf(text) {
  return text.split(/\s+/g);
}

/**
 * The excerpt as {section, pieces: [{text, marked}]}; no pieces where nothing matches. `section` is "" for the page's head.
 *
 * `at` are places among the words of the text, `anchors` are Pagefind's: {id, location}, the place where each id begins.
 */
export function excerpt(text, at, anchors) {
  const words = wordsOf(text);
  const places = [...new Set(at)].filter((place) => place < words.length).sort((one, other) => one - other);
  if (!places.length) return { section: "", pieces: [] };
  const best = densest(places);
  const [section, first, last] = around(best, anchors, words.length);
  const start = Math.max(first, Math.min(best - BEFORE, last - LENGTH));
  const end = Math.min(last, start + LENGTH);
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
    const within = places.slice(number).filter((other) => other < place + LENGTH - BEFORE).length;
    if (within > most) [best, most] = [place, within];
  });
  return best;
}
