import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import type { Match } from "#app/matching/match.ts";
import { reasonWords } from "#app/matching/reason-words.ts";
import { postJson } from "./post-json.ts";

type Reader = { t: Text; locale: Locale; publicUrl: string };

/** A match as the API tells it: why, in the reader's words and for programs. The score to three digits: it is no measurement. */
export const matchJson = (match: Match, { t, locale, publicUrl }: Reader) => ({
  post: postJson(match.post, publicUrl),
  score: Math.round(match.score * 1000) / 1000,
  strength: match.strength,
  reasons: match.reasons.map((reason) => reasonWords(t, locale, reason)),
  reason_kinds: match.reasons.map(({ kind }) => kind),
  quantity: match.quantity,
});
