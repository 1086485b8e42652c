// The statements found, as a table to keep.

const COLUMNS = "id,date,title,form,addressees,events,mentions,language,original_language,address".split(",");

const MARK = "\ufeff"; // without a byte order mark, spreadsheets take UTF-8 for something else

/** CSV as in RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function csv(rows) {
  const lines = rows.map((row) => COLUMNS.map((column) => cell(row[column] ?? "")));
  return MARK + [COLUMNS, ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}

function cell(value) {
  const text = (Array.isArray(value) ? value.join("; ") : String(value)).replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Offer the text to the reader as a file. */
export function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000); // some browsers begin to read after the click
}
