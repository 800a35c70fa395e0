import { readdirSync } from "node:fs";
import { formatter } from "@lingui/format-po";

/** One catalogue a feature and language, in PO files that translators' tools read; compiled together into one module a language. */
const FEATURES = readdirSync(new URL("app/i18n/catalogues/en", import.meta.url)).map((file) =>
  file.replace(/\.po$/, ""),
);

export default {
  locales: ["en", "es", "ar"],
  sourceLocale: "en",
  catalogs: FEATURES.map((name) => ({ path: `<rootDir>/app/i18n/catalogues/{locale}/${name}`, include: [] })),
  catalogsMergePath: "<rootDir>/app/i18n/compiled/{locale}",
  compileNamespace: "ts",
  format: formatter({ explicitIdAsDefault: true, lineNumbers: false }),
};
