import type { PersonCtx } from "#app/core/ctx.ts";

const FRESH_MS = 10 * 60_000;

/** Did whoever asks prove a moment ago who they are? Never by an API token. */
export const isFresh = ({ person, now }: Pick<PersonCtx, "person" | "now">): boolean =>
  person.signedInAt !== undefined && now.getTime() - person.signedInAt.getTime() < FRESH_MS;
