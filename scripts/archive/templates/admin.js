// Beside the form's program: what it saves has the format of the archive's own writer (content/writer.py), and an id is
// suggested as `archive new` does.
const ARCHIVE = {{ archive|tojson }}
const UNQUOTED = ARCHIVE.unquoted.map(pattern => new RegExp(`^(?:${pattern})$`, "u"))
const OCCASION = new RegExp(ARCHIVE.occasion, "i")
const FOLDABLE = /^[^\p{C}\p{Z}]+(?: [^\p{C}\p{Z}]+)*$/u

const length = text => [...text].length
const isFilled = value => value != null && value !== "" && !(typeof value == "object" && !Object.keys(value).length)

function scalar(value, field, inFlow) {
    const text = String(value).normalize("NFC")
    return UNQUOTED[2 * field.typed + inFlow].test(text) ? text : JSON.stringify(text)
}

const flow = (values, field) => `[${values.map(value => scalar(value, field, 1)).join(", ")}]`

function group(record, fields) {
    const filled = fields.filter(field => isFilled(record[field.name]))
    return `{${filled.map(field => `${field.name}: ${scalar(record[field.name], field, 1)}`).join(", ")}}`
}

function wrapped(text, indent) {
    const lines = []
    for (const word of text.split(" ")) {
        const line = lines.length ? `${lines.at(-1)} ${word}` : ""
        if (line && length(line) <= ARCHIVE.width) lines.splice(-1, 1, line)
        else lines.push(indent + word)
    }
    return lines
}

function item(record, field, indent) {
    if (!field.fields) return [`${indent}- ${scalar(record, field, 0)}`]
    const line = `${indent}- ${group(record, field.fields)}`
    if (field.small && length(line) <= ARCHIVE.width) return [line]
    const [first, ...others] = format(record, field.fields, `${indent}  `)
    return [`${indent}- ${first.trimStart()}`, ...others]
}

function format(record, fields, indent) {
    return fields.filter(field => isFilled(record[field.name])).flatMap(field => {
        const value = record[field.name]
        const start = `${indent}${field.name}:`
        if (field.many) {
            const line = field.fields ? "" : `${start} ${flow(value, field)}`
            if (line && length(line) <= ARCHIVE.width) return [line]
            return [start, ...value.flatMap(each => item(each, field, `${indent}  `))]
        }
        const line = `${start} ${scalar(value, field, 0)}`
        if (length(line) <= ARCHIVE.width || !field.prose || !FOLDABLE.test(value)) return [line]
        return [`${start} >-`, ...wrapped(value, `${indent}  `)]
    })
}

function file(record) {
    const body = (record.body ?? "").replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "")
    return ["---", ...format(record, ARCHIVE.fields, ""), "---", body, ""].join("\n")
}

function slugify(text) {
    const letters = [...text.normalize("NFC").toLowerCase()].map(letter => ARCHIVE.letters[letter] ?? letter).join("")
    const plain = letters.replace(/['’ʼ](?:s\b)?/g, "").normalize("NFKD").replace(/\p{M}/gu, "")
    return plain.match(/[a-z0-9]+/g) ?? []
}

function formOf(title) {
    const head = ` ${title.split(OCCASION)[0]} `.replaceAll("-", " ").toLowerCase()
    const forms = ARCHIVE.forms.filter(form => head.includes(` ${form.replaceAll("-", " ")} `))
    return forms.sort((one, other) => other.length - one.length)[0] ?? "statement"
}

function id(date, title) {
    const day = date.match(/^\d{4}(?:-\d\d){0,2}/)
    if (!day || !title.trim()) return ""
    const form = formOf(title).split("-")
    const words = slugify(title)
    const start = words.findIndex((_, at) => form.every((word, number) => words[at + number] === word))
    if (start >= 0) words.splice(start, form.length)
    const content = words.filter(word => word.length > 1 && !ARCHIVE.passed_over.includes(word))
    const first = content.findIndex(word => /^[a-z]/.test(word))
    const chosen = first < 0 ? form : content.slice(first, first + ARCHIVE.words)
    while (chosen.length > 1 && chosen.join("-").length > ARCHIVE.most_letters) chosen.pop()
    return `${day[0]}-${chosen.join("-").slice(0, ARCHIVE.most_letters)}`
}

// The id is in the one field that is none of the record; what was typed there stays.
let suggested = ""
document.addEventListener("input", event => {
    if (!event.target.closest('[data-key-path="title"], [data-key-path="date"]')) return
    const input = document.querySelector("section.field:not([data-key-path]) input")
    if (!input || input.value && input.value !== suggested) return
    const typed = name => document.querySelector(`[data-key-path="${name}"] input`).value
    input.value = suggested = id(typed("date"), typed("title"))
    input.dispatchEvent(new Event("input", {bubbles: true}))
})

window.CMS?.registerCustomFormat("yaml-frontmatter", "md", {toFile: file})
