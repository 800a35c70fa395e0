/** Compiles the PO catalogues and writes the union of their message ids, so that a wrong id does not compile. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
execFileSync(process.execPath, [`${root}node_modules/@lingui/cli/dist/lingui.js`, "compile", "--strict"], {
  cwd: root,
  stdio: ["ignore", "ignore", "inherit"],
});

const catalogues = `${root}app/i18n/catalogues/en`;
const ids = readdirSync(catalogues).flatMap((file) =>
  [...readFileSync(`${catalogues}/${file}`, "utf8").matchAll(/^msgid "(.+)"$/gm)].map((match) => match[1]),
);
const doubled = ids.filter((id, at) => ids.indexOf(id) !== at);
if (doubled.length > 0) throw new Error(`These ids stand twice in the catalogues: ${doubled.join(", ")}`);
const union = ids.sort().map((id) => `  | ${JSON.stringify(id)}`);
writeFileSync(`${root}app/i18n/compiled/message-id.ts`, `export type MessageId =\n${union.join("\n")};\n`);
