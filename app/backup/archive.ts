/**
 * A backup is one file: lines of text, gzipped, then sealed to a public key with age (age-encryption.org/v1). The first line says what is
 * in it; then comes each table as `COPY` writes it, closed by `\.`; the last line says how many rows each has.
 */
export type ArchiveTable = {
  name: string;
  columns: string[];
  /** Places in `columns` of what is sealed: `required` where a row is worth nothing without it. */
  sealed: { at: number; required: boolean }[];
};

export type ArchiveHead = {
  manyhands: 1;
  madeAt: string;
  /** How many migrations the database had: a newer program brings the rest. */
  migrations: number;
  /** In the order in which they can be filled. */
  tables: ArchiveTable[];
  sequences: { name: string; value: string }[];
};

export type ArchiveTail = { rows: Record<string, number> };

/** What lives for minutes, or belongs to processes; and the keys, which must not lie beside what they open. */
export const LEFT_OUT = ["archive_keys", "rate_limits", "sign_in_codes", "sessions", "workers", "spent_proofs"];

export const END_OF_TABLE = "\\.";
export const NOTHING = "\\N";

/** An archive, and the keys that belong to all of them; each backup replaces the latter. */
export const KEYS_FILE = "manyhands-keys.age";
export const archiveName = (at: Date) => `manyhands-${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}.age`;
export const isArchive = (name: string) => /^manyhands-\d{8}T\d{6}\.age$/.test(name);
