import type { I18n } from "@lingui/core";
import * as ar from "./compiled/ar.ts";
import * as en from "./compiled/en.ts";
import * as es from "./compiled/es.ts";
import type { Locale } from "./locales.ts";
import { makeI18n, textOf, type Text } from "./text.ts";

const LOADED: Record<Locale, I18n> = { en: makeI18n("en", en), es: makeI18n("es", es), ar: makeI18n("ar", ar) };

/** All catalogues of a language, on the server. */
export const i18nFor = (locale: Locale): I18n => LOADED[locale];
export const textFor = (locale: Locale): Text => textOf(LOADED[locale]);
