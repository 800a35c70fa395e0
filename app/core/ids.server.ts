import { createHash, randomBytes, randomInt } from "node:crypto";
import { CODE_LETTERS, readsAsWord } from "./codes.ts";

/**
 * A UUID version 7 (RFC 9562 §5.7): its first 48 bits are Unix milliseconds, so new rows land at the end of an index.
 * Made here, not in the database, because a sealed value is bound to the id of its row before the row exists.
 */
export function newId(now: Date = new Date()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A secret for a link or a session: `bytes` random bytes (default 16 = 128 bits) in base64url, no dots. */
export function newToken(bytes = 16): string {
  return randomBytes(bytes).toString("base64url");
}

/** What the database keeps of a token: SHA-256 in hex. Tokens have 128 bits or more, so no salt is needed. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A post's public code: random, without the letters and digits people mix up, and no word of a text ("them", "22nd"). */
export function newCode(length = 4): string {
  for (;;) {
    const code = Array.from({ length }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
    if (!readsAsWord(code)) return code;
  }
}
