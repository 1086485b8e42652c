// A page's text and where its matches are -> the stretch that has most of them.

const LENGTH = 32; // words
const BEFORE = 6; // words before the first match

/** A text's words as Pagefind counts them: what white space parts. */
export function wordsOf(text) {
  return text.split(/\s+/g);
}

/**
 * The excerpt as pieces {text, marked}; none where nothing matches.
 *
 * `at` are places among the words of the text.
 */
export function excerpt(text, at) {
  const words = wordsOf(text);
  const places = [...new Set(at)].filter((place) => place < words.length).sort((one, other) => one - other);
  if (!places.length) return [];
  const start = Math.max(0, Math.min(densest(places) - BEFORE, words.length - LENGTH));
  const end = Math.min(words.length, start + LENGTH);
  const marks = new Set(places);
  const pieces = [];
  for (let place = start; place < end; place++) {
    const marked = marks.has(place);
    const space = place + 1 < end ? " " : "";
    if (marked) pieces.push({ text: words[place], marked }, { text: space, marked: false });
    else if (pieces.length) pieces.at(-1).text += words[place] + space;
    else pieces.push({ text: words[place] + space, marked });
  }
  if (start > 0) pieces.unshift({ text: "… ", marked: false });
  if (end < words.length) pieces.push({ text: " …", marked: false });
  return pieces;
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
