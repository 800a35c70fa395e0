import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/**
 * A sealed value as it lies in an archive: sealed once more with its owner's archive key (AES-256-GCM), so that it is unreadable there
 * once that key is forgotten. `a1.<owner, base64url>.<nonce|ciphertext|tag, base64url>`. PURE but for the nonce.
 */
export function wrap(value: string, owner: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([nonce, cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `a1.${Buffer.from(owner).toString("base64url")}.${body.toString("base64url")}`;
}

/** @returns null when its owner's key is forgotten, also where it was given a new one since. @throws when it is no such value. */
export function unwrap(wrapped: string, keyOf: (owner: string) => Buffer | undefined): string | null {
  const [version, name, body] = wrapped.split(".");
  if (version !== "a1" || !name || !body) throw new Error("not a wrapped value");
  const owner = Buffer.from(name, "base64url").toString();
  const key = keyOf(owner);
  if (!key) return null;
  const bytes = Buffer.from(body, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
