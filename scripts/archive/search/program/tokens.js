// Divide text into the words that the search compares: the same for what is indexed and for what is typed.
//
// The build does the same in search/tokens.py, where the rules are explained; tests/data/search/tokens.json holds both.
// An expression with all letters of Unicode takes milliseconds to compile, so each is used only where it may match.

export const LONGEST = 200; // characters that are searched for, without those of addresses

const LETTER = "[\\p{L}\\p{N}]";
const APOSTROPHE = "['\u0060ʹʻʼʽʾʿˈˮ՚‘’‛′ꞌ]";
const APOSTROPHES = new RegExp(APOSTROPHE);
const LETTERS = /[ʹʻʼʽʾʿˈˮꞌ]/g; // of these, those that Unicode counts among the letters
const HIDDEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const POSSESSIVE = new RegExp(`(?<=[a-z])${APOSTROPHE}s(?!${LETTER})`, "gu");
const WITHIN = new RegExp(`(?<=${LETTER})${APOSTROPHE}+(?=${LETTER})`, "gu");
const THOUSANDS = /(?<![\p{Nd}.,])\p{Nd}{1,3}(?:,\p{Nd}{3})+(?!\p{Nd}|[.,]\p{Nd})/gu;
const SPACED = "(?<![\\p{Nd}.,])(?<!\\p{Nd} )\\p{Nd}{1,3}(?: \\p{Nd}{3}){1,2}(?! \\p{Nd}{3}|\\p{Nd}|[.,]\\p{Nd})"; // perhaps one number
const WORD = `${LETTER}+(?:(?:[-‐‒–—−./_]|(?<=\\p{Nd}),(?=\\p{Nd}))${LETTER}+)*`;
const JOINED = new RegExp(WORD, "gu");
const WITH_NUMBERS = new RegExp(`${SPACED}|${WORD}`, "gu");
const PART = new RegExp(`${LETTER}+`, "gu");
const DOTTED = /^\p{L}(?:\.\p{L})+$/u;
const ADDRESS = /https?:\/\/\S+/gi;
const BARE = /(?<!\S)(?=[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}\/\S)/gu; // an address without https://, beyond a host
const BEFORE_HOST = /.*https?:\/+(?:www\.)?/i;
const NO_MATTER = /#.*|(?<=[?&])(?:utm_\w+|fbclid|gclid|yclid)=[^&#]*&?/g;
const DECIMAL = /^\p{Nd}+[.,]\p{Nd}+$/u;
const PLAIN = /^(?:["“«(]?(?:[a-z]+|[а-я]+|\d+)[.,;:!?…)”»"]*(?: |$))+$/; // as most words are: nothing else applies to them
const NUMBERS = /[\d\u0660-\uffff] [\d\u0660-\uffff]/; // perhaps, one after the other: no digit is below those of Arabic
const TYPED = { ı: "i", ə: "e", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ß: "ss", æ: "ae", œ: "oe", ς: "σ" };
const LATIN = /[a-z]/;
const OTHER = /[а-џәөүҝҹһα-ω]/;
const ALIKE = "авекмнорстухәіјѕαβεζηικμνορτυχ"; // Cyrillic and Greek letters that look like
const LOOKS = "abekmhopctyxeijsabezhikmnoptyx";

/** The text in small letters without marks. İ, I, i and ı are one letter, as are ə and e, but not й and и. */
export function fold(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  const decomposed = text.replace(HIDDEN, "").replaceAll("´", "'").toLowerCase().normalize("NFKD").toLowerCase().replaceAll("и\u0306", "й");
  return decomposed.replace(/\p{M}+/gu, "").replace(/[ıəøłđðħßæœς]/g, (letter) => TYPED[letter]);
}

/** The words of a text, each {word, place, parts}; a joined word stands before its parts, which `parts` lists. */
export function tokens(text) {
  let folded = fold(text);
  if (PLAIN.test(folded) && !NUMBERS.test(folded)) return folded.match(/[a-zа-я\d]+/g).map((word, place) => ({ word, place, parts: [] }));
  if (folded.includes("://")) folded = fold(text.replace(ADDRESS, (found) => ` ${address(found)} `));
  if (APOSTROPHES.test(folded)) folded = folded.replace(POSSESSIVE, "").replace(WITHIN, "").replace(LETTERS, "");
  if (folded.includes(",")) folded = folded.replace(THOUSANDS, (number) => number.replaceAll(",", ""));
  const found = [];
  let place = 0;
  for (const [joined] of folded.matchAll(NUMBERS.test(folded) ? WITH_NUMBERS : JOINED)) {
    if (DECIMAL.test(joined)) {
      found.push({ word: joined.replace(",", "."), place: place++, parts: [] });
      continue;
    }
    const parts = (DOTTED.test(joined) ? [joined.replaceAll(".", "")] : joined.match(PART)).map(oneScript);
    if (parts.length > 1) found.push({ word: parts.join(""), place, parts });
    for (const word of parts) found.push({ word, place: place++, parts: [] });
  }
  return found;
}

/** What is typed, with https:// before each address that has none. */
export function addressed(typed) {
  return typed.includes("/") ? typed.replace(BARE, "https://") : typed;
}

/** Whether more is typed than is searched for. */
export function excessive(typed) {
  return [...addressed(typed).replace(ADDRESS, "")].length > LONGEST;
}

/** The words of a text, each once, as one text by which names are compared. */
export function key(text) {
  return tokens(text)
    .filter(({ parts }) => !parts.length)
    .map(({ word }) => word)
    .join(" ");
}

/** The text divided at spaces, but not within a number like "3 410", nor at those that do not break a line. */
export function pieces(text) {
  const joined = (number) => number.replaceAll(" ", "\u00a0");
  const whole = NUMBERS.test(text) ? text.replace(new RegExp(SPACED, "gu"), joined) : text;
  return whole.split(/[^\S\u00a0\u202f]+/).filter(Boolean);
}

/** The host of an address, or the word for all of it. */
function address(text) {
  const bare = text.replace(BEFORE_HOST, "").replace(NO_MATTER, "");
  const [host] = bare.split(/[/?]/);
  if (!bare.slice(host.length).match(PART)) return host;
  const letters = fold(decoded(bare)).match(PART).join("");
  let number = 0x811c9dc5;
  for (const letter of letters) number = Math.imul(number ^ letter.codePointAt(0), 0x01000193);
  return `ː${(number >>> 0).toString(16).padStart(8, "0")}`;
}

function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address; // it has a % of its own
  }
}

/** A word of two scripts with Latin letters for the Cyrillic and Greek ones that look like them. */
function oneScript(word) {
  if (!LATIN.test(word) || !OTHER.test(word)) return word;
  return word.replace(/./gu, (letter) => LOOKS[ALIKE.indexOf(letter)] ?? letter);
}
