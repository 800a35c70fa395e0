import { readFileSync } from "node:fs";

const lines = (name: string) =>
  readFileSync(new URL(name, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));

/** What everybody gets, by row: a letter for each role (`walk.ts`), in the order of `ROLES`. */
export const EXPECTED = Object.fromEntries(
  lines("who-gets-what.txt").map((line) => [line.replace(/^\S+ +/, ""), line.split(" ")[0]!]),
);

/** Who may see which field, by canary; whoever is not named never does. */
export const FIELDS = Object.fromEntries(
  lines("who-sees-what.txt").map((line) => line.split(/: ?/, 2) as [string, string]),
);

/** Whoever asks here has looked at somebody's number, address or words, and that is written down. */
export const RECORDED_READINGS = [
  "routes/claims.$id",
  "routes/coordinate_.messages_.reports.$report",
  "GET /posts/{code}",
];

/** Which canary lies in which sealed column; null: no page, file or answer ever opens it to anybody but its own writer. */
export const CANARY_OF: Record<string, string | null> = {
  "people.name_sealed": "name",
  "people.phone_sealed": "phone",
  "people.email_sealed": "email",
  "memberships.note_sealed": "membernote",
  "posts.address_sealed": "address",
  "posts.note_sealed": "note",
  "posts.contact_name_sealed": "name",
  "claims.note_sealed": "claimnote",
  "relay_texts.body_sealed": "message",
  "text_threads.phone_sealed": "phone",
  "text_threads.conversation_sealed": null,
  "inbound_texts.from_sealed": null,
  "inbound_texts.body_sealed": "heard",
  "voice_calls.from_sealed": null,
  "voice_calls.transcript_sealed": "transcript",
  "outbox.body_sealed": "said",
  "broadcasts.words_sealed": "broadcast",
  "drafts.answers_sealed": null,
  "imports.content_sealed": "import",
  "imports.report_sealed": null,
  "shift_notes.words_sealed": "shift",
  "archive_keys.key_sealed": null,
  "second_steps.secret_sealed": null,
};
