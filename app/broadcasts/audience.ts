/**
 * Whom a broadcast goes to, beside its group: active members, or of all groups when the group is null. PURE: the same
 * fields are read from a form, from an address and from the database.
 */
export type Audience = {
  role: "volunteer" | "coordinator" | "any";
  /** ISO 639: they read or speak it. */
  speaks: string | null;
  /** No further than `km` from there; people who did not say where they are do not belong. */
  near: Near | null;
  /** Ids: members who want to hear of one of these, or of everything. Empty: no matter what. */
  categories: string[];
  /** Only members who want alerts of the group. */
  alertsOnly: boolean;
};

/** `place` is what people call it. */
export type Near = { lat: number; lng: number; km: number; place: string };

export const EVERYBODY: Audience = { role: "any", speaks: null, near: null, categories: [], alertsOnly: true };
export const WITHIN_KM = [1, 2, 5, 10, 25] as const;

/** The fields of the form; `near` is `lat,lng,place`. */
type Fields = { get(name: string): unknown; getAll(name: string): unknown[] };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isUuid = (value: unknown): value is string => typeof value === "string" && UUID.test(value);

/** What somebody chose; what makes no sense counts as not chosen. `groupId` null: everybody. */
export function readAudience(fields: Fields): { groupId: string | null; audience: Audience } {
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  const role = text("role");
  const group = text("group");
  return {
    groupId: isUuid(group) ? group : null,
    audience: {
      role: role === "volunteer" || role === "coordinator" ? role : "any",
      speaks: /^[a-z]{2,3}$/.test(text("speaks")) ? text("speaks") : null,
      near: readNear(text("near"), Number(text("km"))),
      categories: [...new Set(fields.getAll("categories").filter(isUuid))].slice(0, 50).toSorted(),
      alertsOnly: text("alerts") === "yes",
    },
  };
}

function readNear(value: string, km: number): Near | null {
  const [lat, lng, ...place] = value.split(",");
  const at = { lat: Number(lat), lng: Number(lng) };
  if (!lat || !lng || !(Math.abs(at.lat) <= 90) || !(Math.abs(at.lng) <= 180)) return null;
  const within = WITHIN_KM.find((one) => one === km) ?? 5;
  return { ...at, km: within, place: place.join(",").slice(0, 80) };
}

export const nearValue = ({ lat, lng, place }: Omit<Near, "km">): string => `${lat},${lng},${place}`;

/** As the database keeps it, which may be of an older shape. */
export function audienceOf(kept: Record<string, unknown>): Audience {
  return { ...EVERYBODY, ...(kept as Partial<Audience>) };
}

/** Kilometres between two points on the grid; near enough for a town. */
export function kmBetween(one: { lat: number; lng: number }, other: { lat: number; lng: number }): number {
  const across = Math.abs(one.lng - other.lng);
  const east = Math.min(across, 360 - across) * 111.32 * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot((one.lat - other.lat) * 110.57, east);
}

/** What counting an audience tells. `segments` are not known yet: they depend on the words. */
export type AudienceCount = {
  /** With a number, before anybody is left out. */
  matched: number;
  optedOut: number;
  /** They asked for a rest, or had as many alerts this month as they want. */
  resting: number;
  overCap: number;
  /** Who would get it. */
  people: number;
  /** Of those, how many are in their quiet hours now, and when the last of them is over (ISO 8601). */
  quiet: number;
  lastAt: string | null;
  /** Of `people`, by the language they read and whether it is the first text they ever get from us. */
  readers: { locale: string; first: boolean; n: number }[];
};
