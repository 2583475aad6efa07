/* What pages tell search engines: Google's rules by Adobe's validator, the names of schema.org by
   the TypeScript compiler and schema-dts. Folders of built sites as arguments; prints each fault
   and the number of pages; exit code 1 with faults. npm: @adobe/structured-data-validator,
   @marbec/web-auto-extractor, schema-dts, typescript; beside this script or in a folder above. */
import Validator from "@adobe/structured-data-validator";
import WebAutoExtractor from "@marbec/web-auto-extractor";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const SCRIPT = /<script type="application\/ld\+json">(.*?)<\/script>/s;
const OPTIONS = "--noEmit --strict --skipLibCheck --module esnext --target esnext";
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/**
 * Google's rules: what is missing or has another form; what may be left out is no fault. A product
 * without a photo is no merchant listing, but a product snippet, which needs none.
 */
async function faultsOf(html) {
  const data = new WebAutoExtractor({ addLocation: true }).parse(html);
  const issues = await new Validator().validate(data);
  return issues
    .filter(({ severity, path, fieldNames }) => severity === "ERROR" && !isUnseen(path, fieldNames))
    .map(({ issueMessage, path }) => `${path.map(({ type }) => type).join(" > ")}: ${issueMessage}`);
}

const isUnseen = (path, fields) => path.at(-1)?.type === "Product" && fields.join() === "image";

/** Types and properties that schema.org does not know, by the page's place among the texts. */
function strangers(texts) {
  const file = join(import.meta.dirname, "structured.ts");
  const lines = texts.map((text, number) => `export const page${number}: Graph = ${text};`);
  const slip = '{"@context": "https://schema.org", "@graph": [{"@type": "Product", "brandd": ""}]}';
  lines.push("// @ts-expect-error: proof that a slip is found", `export const slip: Graph = ${slip};`);
  writeFileSync(file, ['import type { Graph } from "schema-dts";', ...lines].join("\n"));
  try {
    const options = [...OPTIONS.split(" "), "--moduleResolution", "bundler"];
    const done = spawnSync(process.execPath, [tsc, ...options, file], { encoding: "utf8" });
    const told = [...done.stdout.matchAll(/\((\d+),\d+\): error (.*)/g)];
    if (done.status && !told.length) throw new Error(done.stdout + done.stderr);
    return told.map(([, line, message]) => [Number(line) - 2, message]);
  } finally {
    rmSync(file, { force: true });
  }
}

const pages = process.argv.slice(2).flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .sort()
    .map((name) => ({ name: join(folder, name), html: readFileSync(join(folder, name), "utf8") }))
    .map((page) => ({ ...page, text: page.html.match(SCRIPT)?.[1] }))
    .filter(({ text }) => text),
);
const faults = [];
for (const { name, html } of pages)
  for (const fault of await faultsOf(html)) faults.push(`${name}: ${fault}`);
for (const [place, message] of strangers(pages.map(({ text }) => text)))
  faults.push(`${pages[place]?.name ?? "the proof"}: ${message}`);
faults.forEach((fault) => console.log(fault));
console.log(`${pages.length} pages, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
