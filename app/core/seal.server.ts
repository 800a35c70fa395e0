import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Where a sealed value lives. It is bound to this place, so a value copied to another row does not open. */
export type Place = { table: string; column: string; row: string };

/** Seals what could hurt a person if it leaked: phones, names, e-mails, addresses, notes, message bodies. */
export type Seal = {
  /** The ids of the keys it has; the first writes. */
  keys: readonly string[];
  seal(plain: string, place: Place): string;
  /** Throws `SealBroken` when the value was changed, moved to another row, or sealed with an unknown key. */
  open(sealed: string, place: Place): string;
  /**
   * For whoever shows it: null where nothing is (any more), and where it does not open. Then the alarm is raised, and the rest of
   * the page is shown all the same.
   */
  read(sealed: string | null, place: Place): string | null;
  /** A keyed fingerprint (HMAC-SHA-256, hex): finds a phone (E.164) or e-mail without being readable, and makes secrets that need not be stored. */
  lookup(kind: "phone" | "email" | "limit" | "manage" | "code" | "request", value: string): string;
};

export class SealBroken extends Error {
  override name = "SealBroken";
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; the value is `v1.<key id>.<base64url(nonce|ciphertext|tag)>`
 * and the place is the additional data.
 *
 * @param dataKey one base64 key of 32 bytes, or `id:base64,id:base64` to rotate: the first writes, every one opens. Lookups are made
 *   from the last one, or from an entry `lookup:base64` (see `withoutOldKeys`), so that the key they came from can go.
 * @param alarm is told of each value that `read` could not open.
 * @throws Error with a sentence for the operator when a key is malformed.
 */
export function makeSeal(dataKey: string, alarm: (broken: Place) => void = () => undefined): Seal {
  const { keys, lookupKey } = parseKeys(dataKey);
  const writer = keys[0]!;

  const seal: Seal = {
    keys: keys.map(({ id }) => id),
    seal(plain, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", writer.cipherKey, nonce).setAAD(aad(place));
      const sealed = Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `v1.${writer.id}.${sealed.toString("base64url")}`;
    },
    open(sealed, place) {
      const [version, id, body] = sealed.split(".");
      const key = keys.find((candidate) => candidate.id === id);
      if (version !== "v1" || !key || !body) throw new SealBroken(`no key opens ${place.table}.${place.column}`);
      const bytes = Buffer.from(body, "base64url");
      try {
        const decipher = createDecipheriv("aes-256-gcm", key.cipherKey, bytes.subarray(0, 12))
          .setAAD(aad(place))
          .setAuthTag(bytes.subarray(-16));
        return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
      } catch {
        throw new SealBroken(`${place.table}.${place.column} of row ${place.row} does not open`);
      }
    },
    read(sealed, place) {
      if (sealed === null) return null;
      try {
        return seal.open(sealed, place);
      } catch {
        alarm(place);
        return null;
      }
    },
    lookup(kind, value) {
      return createHmac("sha256", lookupKey).update(`${kind}|${value}`).digest("hex");
    },
  };
  return seal;
}

const LOOKUP = "lookup";

/**
 * A `DATA_KEY` with a new key in front, which writes from then on. What there is opens as before.
 *
 * @param fresh base64 of 32 bytes.
 */
export function withNewKey(dataKey: string, fresh: string): string {
  const entries = entriesOf(dataKey);
  const newest = Math.max(0, ...entries.map(({ id }) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0)));
  return [`k${newest + 1}:${fresh}`, ...entries.map(({ id, base64 }) => `${id}:${base64}`)].join(",");
}

/** The same `DATA_KEY` without its older keys, once nothing is sealed with them; lookups stay as they are. */
export function withoutOldKeys(dataKey: string): string {
  const { keys, lookupKey } = parseKeys(dataKey);
  return [
    `${keys[0]!.id}:${keys[0]!.secret.toString("base64")}`,
    `${LOOKUP}:${Buffer.from(lookupKey).toString("base64")}`,
  ].join(",");
}

const entriesOf = (dataKey: string) =>
  dataKey.split(",").map((entry) => {
    const [id, base64] = entry.includes(":") ? (entry.trim().split(":") as [string, string]) : ["k1", entry.trim()];
    return { id, base64 };
  });

function parseKeys(dataKey: string) {
  const entries = entriesOf(dataKey).map(({ id, base64 }, position) => {
    const secret = Buffer.from(base64, "base64");
    if (secret.length !== 32 || !/^\w+$/.test(id)) {
      throw new Error(
        `DATA_KEY: key ${position + 1} must be 32 bytes in base64. Make one with: openssl rand -base64 32`,
      );
    }
    return { id, secret, cipherKey: derive(secret, "cipher") };
  });
  const keys = entries.filter(({ id }) => id !== LOOKUP);
  if (keys.length === 0 || new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new Error("DATA_KEY: give each key an id of its own, like k2:…,k1:…");
  const lookup = entries.find(({ id }) => id === LOOKUP)?.secret;
  return { keys, lookupKey: lookup ?? derive(keys.at(-1)!.secret, "lookup") };
}

const derive = (secret: Buffer, use: string) => Buffer.from(hkdfSync("sha256", secret, "", `manyhands ${use}`, 32));
const aad = (place: Place) => Buffer.from(`${place.table}|${place.column}|${place.row}`);
