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
  /** Texts go to simulated phones: quiet hours need not be kept, and whoever tries it at night sees them come. */
  wakesNobody?: boolean;
  /** `false` only while somebody load-tests their own machine (`RATE_LIMITS=off`); not given means limits hold. */
  rateLimits?: boolean;
};

/** The same context for a verb that needs somebody: after `requirePerson`. */
export type PersonCtx = Ctx & { person: SignedIn };
