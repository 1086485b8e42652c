// Cut an excerpt from a record's texts: the stretch of a section that has the weightiest matches.
//
// In a summary it begins with a sentence: without "The Office says", a claim would read as the archive's own.

import { pieces, tokens } from "./tokens.js";

const LENGTH = 32; // words
const BEFORE = 6; // words before the first match, except in a summary
const AFTER = 20; // words from the match on, if its sentence begins far before it
const SUMMARY = "Summary";

/**
 * The excerpt as {section, pieces: [{text, marked}], seen}; no pieces if nothing matches. `seen` has the terms in the texts.
 *
 * `texts` are [[heading, text], ...], `terms` those of words.js: {words, phrases, rarity}.
 */
export function excerpt(texts, terms) {
  const none = { section: "", words: [], marks: [], place: 0, weight: 0 };
  const seen = [];
  const { section, words, marks, place } = texts.reduce((best, [heading, text]) => {
    const words = pieces(text);
    const marks = marked(words, terms);
    seen.push(...among(marks, terms));
    const { place, weight } = weightiest(marks, terms);
    return weight > best.weight ? { section: heading, words, marks, place, weight } : best;
  }, none);
  if (!words.length) return { section, pieces: [], seen };
  const sentence = beginning(words, place);
  const start = section === SUMMARY ? sentence : Math.max(sentence, place - BEFORE);
  const end = Math.min(words.length, Math.max(start + LENGTH, place + AFTER));
  const list = [];
  for (let at = start; at < end; at++) {
    const space = at + 1 < end ? " " : "";
    if (marks[at].size) list.push({ text: words[at], marked: true }, { text: space, marked: false });
    else if (list.length) list.at(-1).text += words[at] + space;
    else list.push({ text: words[at] + space, marked: false });
  }
  if (start > 0) list.unshift({ text: "… ", marked: false });
  if (end < words.length) list.push({ text: " …", marked: false });
  return { section, pieces: list, seen };
}

/** Those of the terms that a text has. */
export function marking(text, terms) {
  return among(marked(pieces(text), terms), terms);
}

function among(marks, terms) {
  return terms.filter((_, number) => marks.some((mark) => mark.has(number)));
}

/** For each word as it is written the matches in it: a Map of [number of the term, factor]. */
function marked(written, terms) {
  const marks = written.map(() => new Map());
  const found = written.flatMap((text, at) => tokens(text).map(({ word, parts }) => ({ word, at, joined: parts.length > 0 })));
  const parts = found.filter(({ joined }) => !joined);
  const mark = (at, number, factor) => marks[at].set(number, Math.max(factor, marks[at].get(number) ?? 0));
  terms.forEach(({ words, phrases }, number) => {
    for (const { word, at } of found) if (words.has(word)) mark(at, number, words.get(word));
    for (const phrase of phrases) {
      const list = phrase.length > 1 ? parts : found;
      for (let start = 0; start + phrase.length <= list.length; start++) {
        const matches = phrase.every((words, next) => words.has(list[start + next].word));
        if (matches) phrase.forEach((_, next) => mark(list[start + next].at, number, 1));
      }
    }
  });
  return marks;
}

/** The place from which a stretch has the weightiest terms, then the most matches; the weight is that of the terms. */
function weightiest(marks, terms) {
  let best = { place: 0, weight: 0, number: 0 };
  marks.forEach(({ size }, place) => {
    if (!size) return;
    const matches = marks.slice(place, place + LENGTH).flatMap((mark) => [...mark]);
    const factors = new Map();
    for (const [term, factor] of matches) factors.set(term, Math.max(factor, factors.get(term) ?? 0));
    const weight = [...factors].reduce((sum, [term, factor]) => sum + factor * terms[term].rarity, 0);
    const better = weight - best.weight || matches.length - best.number;
    if (better > 0) best = { place, weight, number: matches.length };
  });
  return best;
}

/** The place where the sentence with the word at a place begins. */
function beginning(words, place) {
  let start = place;
  while (start > 0 && !/[.!?…]["”’)]*$/.test(words[start - 1])) start--;
  return start;
}
