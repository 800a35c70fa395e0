import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import type { CountryCode } from "libphonenumber-js/min";
import { z } from "zod";
import { countryList, homeOf } from "./countries.ts";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

/** Whether only this machine can reach what listens there. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

const NUMBERS = /^\+[1-9]\d{6,14}(,\+[1-9]\d{6,14})*$/;
const RATE = "must be segments a second, from 0.05 to 1000";
const BURST = "must be segments at once, from 1 to 1000";
const CAP = "must be segments a day: a whole number, 30 or more";

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** An address, or a network such as `10.0.0.0/8`. */
function isNetwork(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const longest = isIP(address) === 4 ? 32 : 128;
  return (
    isIP(address) > 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  );
}

/** Each of `{z}`, `{x}` and `{y}` once, in the path; the host is fixed, because the content policy names it. */
function isTileTemplate(text: string): boolean {
  const [z, x, y] = ["{z}", "{x}", "{y}"].map((part) => text.split(part).length === 2);
  const plain = text.replace("{z}", "0").replace("{x}", "0").replace("{y}", "0");
  if (!z || !x || !y || /[{}\s"'<>]/.test(plain) || !URL.canParse(plain)) return false;
  const { protocol, origin, username } = new URL(plain);
  return /^https?:$/.test(protocol) && username === "" && text.startsWith(`${origin}/`);
}

const flag = z
  .enum(["true", "false", "1", "0", "yes", "no", "on", "off"], { error: "must be true or false" })
  .transform((value) => ["true", "1", "yes", "on"].includes(value));

const Variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: z.coerce.number({ error: "must be a port number" }).int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an address like https://help.example.org" }).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, "must look like postgres://user:password@host:5432/name")
    .optional(),
  DATA_DIR: z.string().min(1).default("data"),
  DATA_KEY: z.string().min(1).optional(),
  SESSION_SECRET: z.string().min(32, "must be at least 32 characters").optional(),
  SMS_PROVIDER: z.enum(["twilio", "local"], { error: "must be twilio or local" }).optional(),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/i, "must be AC and 32 hex digits")
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FROM: z
    .string()
    .transform((value) => value.replace(/\s/g, ""))
    .pipe(z.string().regex(NUMBERS, "must be a number like +15550100199, or several divided by commas"))
    .transform((value) => [...new Set(value.split(","))].join(","))
    .optional(),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/i, "must be MG and 32 hex digits")
    .optional(),
  TWILIO_API_BASE_URL: z.url({ error: "must be an address like http://127.0.0.1:4010" }).optional(),
  SMS_SEGMENT_PRICE: z.coerce
    .number({ error: "must be dollars a segment, like 0.0083" })
    .min(0, "must be dollars a segment, like 0.0083")
    .max(10, "must be dollars a segment, like 0.0083")
    .default(0.0083),
  SMS_RATE: z.coerce.number({ error: RATE }).min(0.05, RATE).max(1000, RATE).optional(),
  SMS_BURST: z.coerce.number({ error: BURST }).min(1, BURST).max(1000, BURST).optional(),
  SMS_DAILY_CAP: z.coerce.number({ error: CAP }).int(CAP).min(30, CAP).optional(),
  SMS_COUNTRIES: z
    .string()
    .refine((text) => text.trim() === "all" || countryList(text) !== null, "must be countries like US,CA,MX, or all")
    .optional(),
  SMS_TIME_ZONE: z.string().refine(isTimeZone, "must be a time zone like America/New_York").optional(),
  MAP_TILES_URL: z
    .string()
    .refine(isTileTemplate, "must be an address like https://tiles.example.org/{z}/{x}/{y}.png")
    .optional(),
  MAP_TILES_CREDIT: z.string().max(200, "must be 200 letters or fewer").optional(),
  ROLES: z
    .string()
    .default("web,worker")
    .transform((value) => value.split(",").map((role) => role.trim()))
    .pipe(z.array(z.enum(["web", "worker"], { error: "must be web, worker or web,worker" })).min(1)),
  TRUSTED_PROXIES: z
    .string()
    .transform((value) => value.split(",").map((one) => one.trim()))
    .pipe(
      z.array(z.string().refine(isNetwork, "must be addresses or networks of your proxy, like 127.0.0.1,10.0.0.0/8")),
    )
    .optional(),
  DEMO: flag.optional(),
  RATE_LIMITS: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  BACKUP_RECIPIENT: z
    .string()
    .regex(/^age1[a-z0-9]+$/, "must be the age1… that npm run backup -- --new-identity prints")
    .optional(),
  BACKUP_DIR: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

type Parsed = z.infer<typeof Variables>;

/** Where strangers may have texts sent: what is set, else where our own numbers are at home; undefined: everywhere. */
function countriesOf({ SMS_COUNTRIES: set, TWILIO_FROM: from }: Parsed, provider: string): CountryCode[] | undefined {
  if (set?.trim() === "all") return undefined;
  if (set) return countryList(set) ?? undefined;
  return provider === "twilio" ? homeOf(from?.split(",") ?? []) : undefined;
}

/** The environment, parsed once. `DATABASE_URL` stays undefined in embedded mode until the database is up. */
export type Env = Omit<Parsed, "SMS_COUNTRIES"> & {
  /** The only countries where strangers may have texts sent; undefined: all. */
  SMS_COUNTRIES: CountryCode[] | undefined;
  PUBLIC_URL: string;
  DATA_KEY: string;
  SESSION_SECRET: string;
  SMS_PROVIDER: "twilio" | "local";
  /** Load the demo neighbourhood into an empty database: on for a local try-out, off where real texts go out. */
  DEMO: boolean;
};

export class BadEnvironment extends Error {
  override name = "BadEnvironment";
}

/**
 * @param source usually `process.env`; empty strings count as not set, so `.env.example` works unedited.
 * @throws BadEnvironment with one line that names the variable and says how to mend it.
 */
export function loadEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = Variables.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw new BadEnvironment(`${String(issue.path[0])} ${issue.message}.`);
  }
  const parsed = result.data;
  const provider = parsed.SMS_PROVIDER ?? (parsed.TWILIO_ACCOUNT_SID ? "twilio" : "local");
  if (provider === "twilio") requireTwilio(parsed);
  if (parsed.RATE_LIMITS === "off" && !isLoopback(parsed.HOST)) {
    throw new BadEnvironment("RATE_LIMITS may be off only while HOST is 127.0.0.1, ::1 or localhost.");
  }
  const secrets = loadSecrets(parsed);
  return {
    ...parsed,
    ...secrets,
    PUBLIC_URL: (parsed.PUBLIC_URL ?? `http://localhost:${parsed.PORT}`).replace(/\/+$/, ""),
    SMS_PROVIDER: provider,
    SMS_COUNTRIES: countriesOf(parsed, provider),
    DEMO: parsed.DEMO ?? (!parsed.DATABASE_URL && provider === "local"),
  };
}

function requireTwilio(env: Parsed): void {
  if (!env.TWILIO_ACCOUNT_SID || !env.TWILIO_AUTH_TOKEN) {
    throw new BadEnvironment("SMS_PROVIDER is twilio, so TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN must be set.");
  }
  if (!env.TWILIO_FROM && !env.TWILIO_MESSAGING_SERVICE_SID) {
    throw new BadEnvironment("Set TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID: texts need a sender.");
  }
  if (env.TWILIO_MESSAGING_SERVICE_SID && env.TWILIO_FROM?.includes(",")) {
    throw new BadEnvironment(
      "With TWILIO_MESSAGING_SERVICE_SID set, TWILIO_FROM may hold one number, to be shown to people.",
    );
  }
}

/** Secrets that were not given are made once and kept beside the data, readable by the owner alone. */
function loadSecrets(env: Parsed): { DATA_KEY: string; SESSION_SECRET: string } {
  if (env.DATA_KEY && env.SESSION_SECRET) return { DATA_KEY: env.DATA_KEY, SESSION_SECRET: env.SESSION_SECRET };
  const file = join(env.DATA_DIR, "secrets.json");
  if (!existsSync(file)) {
    const fresh = { DATA_KEY: randomBytes(32).toString("base64"), SESSION_SECRET: randomBytes(32).toString("base64") };
    mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o755 });
    try {
      writeFileSync(file, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw new BadEnvironment(`DATA_DIR ${env.DATA_DIR} cannot be written: choose a folder this user owns.`);
      }
    }
  }
  const kept = JSON.parse(readFileSync(file, "utf8")) as { DATA_KEY: string; SESSION_SECRET: string };
  return { DATA_KEY: env.DATA_KEY ?? kept.DATA_KEY, SESSION_SECRET: env.SESSION_SECRET ?? kept.SESSION_SECRET };
}
