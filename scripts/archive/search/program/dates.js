// Read dates as the archive has them (EDTF level 1: YYYY[-MM[-DD]], then ? or ~, A/B) and as readers type them.

export const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

const IN_AZERBAIJANI = "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split(" ");
const IN_RUSSIAN = "январ феврал март апрел ма[йя] июн июл август сентябр октябр ноябр декабр".split(" ");

// As numbers YYYYMMDD. A month's last day is always taken as the 31st: nothing lies between it and the next month.
const first = (point) => Number((point + "-01-01").slice(0, 10).replaceAll("-", ""));
const last = (point) => Number((point + "-12-31".slice(point.length - 4)).slice(0, 10).replaceAll("-", ""));

/** The first and the last day of a limit such as "2021" or "2021-03", as YYYYMMDD. */
export function days(limit) {
  return [first(limit), last(limit)];
}

/** Whether a range ends before it begins. */
export function reversed({ from, to }) {
  return Boolean(from && to) && first(from) > last(to);
}

/** The first and the last day that a statement's date can be, as YYYYMMDD. */
export function span(date) {
  if (exact(date)) {
    const day = Number(date.slice(0, 4) + date.slice(5, 7) + date.slice(8));
    return [day, day];
  }
  const points = date.replace(/[?~]/g, "").split("/");
  return [first(points[0]), last(points.at(-1))];
}

/** Whether the date is one day, known for certain. */
export function exact(date) {
  return /^\d{4}-\d\d-\d\d$/.test(date);
}

/** A typed limit as YYYY, YYYY-MM or YYYY-MM-DD; "" for nothing, null for no date of the calendar. */
export function limit(typed) {
  const text = typed
    .trim()
    .replace(/^(\d{1,2})(?:st|nd|rd|th) /, "$1 ")
    .replace(/^([A-Za-z]+) (\d{1,2})(?:st|nd|rd|th)?, (\d{4})$/, "$2 $1 $3");
  if (!text) return "";
  let year, month, day;
  let match = text.match(/^(\d{4})(?:[-/](\d{1,2}))?$/) ?? text.match(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/);
  if (match) [, year, month, day] = match;
  else if ((match = text.match(/^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/))) [, day, , month, year] = match;
  else if ((match = text.match(/^(?:(\d{1,2}) )?(\p{L}{3,})\.? (\d{4})$/u))) {
    [, day, , year] = match;
    const months = MONTHS.flatMap((_, at) => (named(match[2].toLowerCase(), at) ? [at] : []));
    if (months.length !== 1) return null;
    month = String(months[0] + 1);
  } else return null;
  const parts = [year, month, day].filter(Boolean).map((part) => part.padStart(2, "0"));
  const real = new Date(`${[...parts, "01", "01"].slice(0, 3).join("-")}T00:00:00Z`);
  const exists = !Number.isNaN(real.getTime()) && Number(parts[2] ?? 1) === real.getUTCDate() && Number(year) > 0;
  return exists ? parts.join("-") : null;
}

/** Whether the month at this place is meant. */
function named(typed, at) {
  const begun = [MONTHS[at].toLowerCase(), IN_AZERBAIJANI[at]].some((name) => name.startsWith(typed));
  return begun || new RegExp(`^${IN_RUSSIAN[at]}`).test(typed);
}

function plain(point) {
  const [year, month, day] = point.split("-");
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

function point(text) {
  if (text.endsWith("~")) return `about ${plain(text.slice(0, -1))}`;
  return text.endsWith("?") ? `${plain(text.slice(0, -1))} (uncertain)` : plain(text);
}

/** A statement's date in words, with the parts not known: "September 2021, day not given". */
export function words(date) {
  const [start, end] = date.split("/");
  if (end) return `between ${point(start)} and ${point(end)}`;
  const missing = { 4: ", month and day not given", 7: ", day not given" };
  return point(start) + (missing[start.replace(/[?~]/, "").length] ?? "");
}

/** A range in words: "in 2021", "2015–2020", "from 5 May 2021 on"; "" for none. */
export function range(from, to) {
  if (from && from === to) return `${from.length === 10 ? "on" : "in"} ${plain(from)}`;
  if (from && to) return [plain(from), plain(to)].join(from.length + to.length === 8 ? "–" : " – ");
  if (from) return `from ${plain(from)} on`;
  return to ? `up to ${plain(to)}` : "";
}
