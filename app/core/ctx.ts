import type { CountryCode } from "libphonenumber-js/min";
import type { Db } from "#db/client.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { Log } from "./log.server.ts";
import type { Seal } from "./seal.server.ts";

/** Who is asking, as the session or the API token says. Roles by group id; `active` memberships only. */
export type SignedIn = {
  id: string;
  isAdmin: boolean;
  locale: Locale;
  roles: Readonly<Record<string, "volunteer" | "coordinator">>;
  /** A coordinator, or whoever runs the installation, knows them (`isAccepted`). Left out: nobody does. */
  accepted?: boolean;
  /** When this browser last proved whose it is. Left out: it was no browser. */
  signedInAt?: Date;
};

/** What every verb and query is handed first. Nothing below this reads the clock, the environment or a global. */
export type Ctx = {
  db: Db;
  seal: Seal;
  log: Log;
  now: Date;
  person: SignedIn | null;
  /** The installation's public origin, without a slash at the end: `https://help.example.org`. */
  publicUrl: string;
  /** Nobody is told of what is done in this context before then, so that it can be taken back (`withUndo`). */
  holdUntil?: Date;
  /** Texts go to simulated phones: quiet hours need not be kept, and whoever tries it at night sees them come. */
  wakesNobody?: boolean;
  /** The only countries where strangers may have texts sent (`SMS_COUNTRIES`); not given: all. */
  textsTo?: readonly CountryCode[] | undefined;
  /** `false` only while somebody load-tests their own machine (`RATE_LIMITS=off`); not given means limits hold. */
  rateLimits?: boolean;
};

/** So long a coordinator can take back what they did. */
export const UNDO_MS = 10_000;
/** Nobody is told of it for a little longer, as clocks differ. */
const HOLD_MS = UNDO_MS + 2_000;

/** The same context for an act that can be taken back: its events are held, and nobody is told before. */
export const withUndo = <C extends Ctx>(ctx: C): C => ({ ...ctx, holdUntil: new Date(ctx.now.getTime() + HOLD_MS) });

/** The last moment at which an act whose events are held until `holdUntil` can be taken back. */
export const undoUntil = (holdUntil: Date): Date => new Date(holdUntil.getTime() - HOLD_MS + UNDO_MS);

/** The same context for a verb that needs somebody: after `requirePerson`. */
export type PersonCtx = Ctx & { person: SignedIn };
