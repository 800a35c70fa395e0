import { I18nProvider } from "@lingui/react";
import { RemixBrowser } from "@remix-run/react";
import { startTransition, useEffect } from "react";
import { hydrateRoot } from "react-dom/client";
import type { Locale } from "./i18n/locales.ts";
import { makeI18n } from "./i18n/text.ts";

/** A phone gets the catalogue of its own language only. */
const CATALOGUES = {
  en: () => import("./i18n/compiled/en.ts"),
  es: () => import("./i18n/compiled/es.ts"),
  ar: () => import("./i18n/compiled/ar.ts"),
};

const locale = document.documentElement.lang as Locale;
const i18n = makeI18n(locale, await CATALOGUES[locale]());

/** The title of a page with faults begins with words that React does not know of. */
const titleWithFault = document.querySelector<HTMLTitleElement>("title[data-fault]");
const wholeTitle = document.title;
if (titleWithFault) {
  titleWithFault.textContent = wholeTitle.slice(Number(titleWithFault.dataset["fault"]));
  delete titleWithFault.dataset["fault"];
}
function TitleAgain() {
  useEffect(() => {
    if (titleWithFault) document.title = wholeTitle;
  }, []);
  return null;
}

startTransition(() => {
  hydrateRoot(
    document,
    <I18nProvider i18n={i18n}>
      <RemixBrowser />
      <TitleAgain />
    </I18nProvider>,
  );
});
