// Fills in a form as Firefox does: values by field name as JSON on standard input, then the file is saved.
// usage: node fill.mjs <folder of node_modules> <form> <filled form>
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

// Nothing is drawn here: pdf.js only asks that these names exist (its canvas of 30 MB is left out).
for (const name of ["DOMMatrix", "ImageData", "Path2D"]) globalThis[name] ??= class {};

const [folder, form, filled] = process.argv.slice(2);
const place = path.join(folder, "node_modules", "pdfjs-dist");
const { getDocument } = await import(pathToFileURL(path.join(place, "legacy", "build", "pdf.mjs")));
const values = JSON.parse(fs.readFileSync(0, "utf8"));
const document = await getDocument({
  data: new Uint8Array(fs.readFileSync(form)),
  verbosity: 0,
  standardFontDataUrl: path.join(place, "standard_fonts") + path.sep,
}).promise;
const seen = [];
for (let number = 1; number <= document.numPages; number++) {
  for (const one of await (await document.getPage(number)).getAnnotations()) {
    if (one.fieldName === undefined) continue;
    seen.push(one.fieldName);
    if (one.fieldName in values) document.annotationStorage.setValue(one.id, { value: values[one.fieldName] });
  }
}
fs.writeFileSync(filled, await document.saveDocument());
console.log(JSON.stringify(seen));
process.exit(0);
