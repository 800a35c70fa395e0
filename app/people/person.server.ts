import type { Seal } from "#app/core/seal.server.ts";

/** The name a person goes by, opened from its row; null when they gave none or were erased. */
export const openName = (seal: Seal, row: { id: string; name_sealed: string | null }): string | null =>
  seal.read(row.name_sealed, { table: "people", column: "name_sealed", row: row.id });

/** A person's number in E.164, opened from its row; null when they gave none or were erased. */
export const openPhone = (seal: Seal, row: { id: string; phone_sealed: string | null }): string | null =>
  seal.read(row.phone_sealed, { table: "people", column: "phone_sealed", row: row.id });
