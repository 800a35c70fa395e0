import type { Seal } from "#app/core/seal.server.ts";

/**
 * The secret in a post's private link `/m/<token>`: 128 bits of an HMAC of the post's id, base64url (22 characters, no
 * dots: phones cut links at them). It can be made again whenever a text needs it; the database keeps only its hash.
 */
export function manageToken(seal: Seal, postId: string): string {
  return Buffer.from(seal.lookup("manage", postId).slice(0, 32), "hex").toString("base64url");
}
