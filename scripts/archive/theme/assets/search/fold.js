// Fold text for comparison: lower case, without diacritics, one letter for those that readers type alike.

const LETTERS = { ı: "i", ə: "e", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h" };

/** The text in lower case without diacritics. İ, I, i and ı are one letter, as are ə and e. */
export function fold(text) {
  return relettered(bare(text.normalize("NFKD")));
}

/** The text in lower case without diacritics, as in Pagefind's index: ı and ə stay. */
export function bare(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/** The text with the letters that most readers would type. */
export function relettered(text) {
  return text.replace(/[ıəøłđðħ]/g, (letter) => LETTERS[letter]);
}

/** The folded words of a text, without punctuation. */
export function tokens(text) {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * The number of insertions, deletions, changes and swaps of neighbours between two texts (optimal string alignment);
 * Infinity if it is more than `most`.
 */
export function distance(one, other, most) {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before = [];
  let above = b.map((_, place) => place).concat(b.length);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, above] = [above, row];
  }
  return above[b.length] <= most ? above[b.length] : Infinity;
}
