/**
 * Where sealed values lie: everything that has to reach each of them (new keys, backups, erasing) reads this list, and a test
 * compares it with the database. `row`, `owner` and `day` are SQL over the table's columns.
 */
export type SealedColumn = {
  table: string;
  column: string;
  /** The primary key, in which the table is walked. */
  key: string;
  keyType: "uuid" | "text";
  /** What `Place.row` was when it was sealed. */
  row: string;
  /** Whose it is: erasing an owner makes it unreadable in every backup too. Null: the installation's own, never in a backup. */
  owner: string | null;
};

const of = (table: string, column: string, owner: string | null, rest: Partial<SealedColumn> = {}): SealedColumn => ({
  table,
  column,
  key: "id",
  keyType: "uuid",
  row: `${rest.key ?? "id"}::text`,
  owner,
  ...rest,
});

const MESSAGE = { key: "message_sid", keyType: "text" } as const;
const CALL = { key: "call_sid", keyType: "text" } as const;
const PHONE = { key: "phone_lookup", keyType: "text" } as const;
/** What goes after some days has an owner for each day: the day can be erased, and so can the person. */
const dayly = (owner: string, at: string) => `${owner} || ' ' || to_char(${at} at time zone 'UTC', 'YYYY-MM-DD')`;

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  of("people", "name_sealed", "'person:' || id"),
  of("people", "phone_sealed", "'person:' || id"),
  of("people", "email_sealed", "'person:' || id"),
  of("second_steps", "secret_sealed", "'person:' || person_id", { keyType: "text" }),
  of("memberships", "note_sealed", "'person:' || person_id", {
    key: "(person_id::text || ' ' || group_id::text)",
    keyType: "text",
    row: "person_id::text || ' ' || group_id::text",
  }),
  of("posts", "address_sealed", "'post:' || id"),
  of("posts", "note_sealed", "'post:' || id"),
  of("posts", "contact_name_sealed", "'post:' || id"),
  of("claims", "note_sealed", "'claim:' || id"),
  of("relay_texts", "body_sealed", "'relay:' || relay_id"),
  of("text_threads", "phone_sealed", "'phone:' || phone_lookup", PHONE),
  of("text_threads", "conversation_sealed", dayly("'phone:' || phone_lookup", "updated_at"), PHONE),
  of("inbound_texts", "from_sealed", dayly("'phone:' || phone_lookup", "received_at"), MESSAGE),
  of("inbound_texts", "body_sealed", dayly("'phone:' || phone_lookup", "received_at"), MESSAGE),
  of("voice_calls", "from_sealed", dayly("'phone:' || phone_lookup", "received_at"), CALL),
  of("voice_calls", "transcript_sealed", dayly("'phone:' || phone_lookup", "received_at"), CALL),
  of("outbox", "body_sealed", dayly("'person:' || person_id", "created_at")),
  of("broadcasts", "words_sealed", "'broadcast:' || id"),
  of("drafts", "answers_sealed", dayly("'draft'", "expires_at"), { key: "token_hash", keyType: "text" }),
  of("imports", "content_sealed", "'import:' || id"),
  of("imports", "report_sealed", "'import:' || id"),
  of("shift_notes", "words_sealed", dayly("'person:' || person_id", "created_at")),
  of("archive_keys", "key_sealed", null, { key: "owner", keyType: "text" }),
];
