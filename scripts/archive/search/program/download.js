// Save the results as a file: a table made here, or their citations out of the files of their years.

const MARK = "\ufeff"; // byte order mark, by which spreadsheets recognise UTF-8

/** The formats of citations. `entries` returns [id, entry] for all in a file, `file` makes a file of entries. */
export const CITATIONS = {
  bib: {
    name: "BibTeX",
    entries: (text) => text.split(/\n(?=@)/).map((entry) => [entry.match(/^@\w+\{([^,\s]+),/)?.[1], entry]),
    file: (entries) => entries.join("\n"),
  },
  ris: {
    name: "RIS",
    entries: (text) => text.split(/\r\n(?=TY {2}- )/).map((entry) => [entry.match(/^ID {2}- (\S+)/m)?.[1], entry]),
    file: (entries) => entries.join("\r\n"),
  },
  json: {
    name: "CSL-JSON",
    entries: (text) => JSON.parse(text).map((item) => [item.id, JSON.stringify(item)]),
    file: (entries) => `[\n${entries.join(",\n")}\n]\n`,
  },
};

// A formula to a spreadsheet, or a text that begins with an apostrophe: the same rule as in exports/data/csv.py
const GUARDED = /^(?:'|[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

/** CSV as in RFC 4180 of rows with the same keys. An apostrophe stands before what a spreadsheet takes for a formula. */
export function csv(rows) {
  const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row).map(cell))];
  return MARK + lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

function cell(value) {
  const text = GUARDED.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Save the text as a file of the reader's. */
export function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000); // some browsers begin to read after the click
}
