import type { PostKind } from "#app/posts/post.ts";

/** `open` means something is left to claim; `covered`: nothing is, but it is not done; `all` is the last three. */
export const BOARD_STATES = ["open", "covered", "closed", "all"] as const;
export type BoardState = (typeof BOARD_STATES)[number];

/** What the board is asked for. Everything may be left out; `group` and `category` are slugs, `withinKm` needs `near`. */
export type BoardFilter = {
  kind?: PostKind | null;
  group?: string | null;
  category?: string | null;
  /** Words of title, details or place, as typed into a search field. */
  q?: string | null;
  /** Words of the place alone. */
  place?: string | null;
  near?: { lat: number; lng: number } | null;
  withinKm?: number | null;
  status?: BoardState | null;
  /** Only posts that list one of these languages, or none at all. */
  languages?: string[];
  /** Posts a page, 1 to 100; 20 unless told. */
  limit?: number | null;
  cursor?: string | null;
};

/** The last row of a page; the next page starts behind it. `createdAt` is ISO 8601 with microseconds, as precise as PostgreSQL keeps it. */
export type Cursor = { createdAt: string; id: string };

/** Base64url of `created_at,id`: opaque to callers, and holds nothing but these. */
export const writeCursor = ({ createdAt, id }: Cursor) => toBase64Url(`${createdAt},${id}`);

/** `null` for a cursor nobody made: the board then starts at its first page. */
export function readCursor(text: string | null | undefined): Cursor | null {
  if (!text || !/^[\w-]{20,120}$/.test(text)) return null;
  const [createdAt = "", id = ""] = fromBase64Url(text).split(",");
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(createdAt) || Number.isNaN(Date.parse(createdAt))) return null;
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? { createdAt, id } : null;
}

const toBase64Url = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const fromBase64Url = (text: string) => {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
};

const KM_PER_DEGREE = 110.57;

/** The box of degrees around a point that holds everything within `km`; corners as (west, south, east, north). */
export function boxAround({ lat, lng }: { lat: number; lng: number }, km: number): [number, number, number, number] {
  const up = km / KM_PER_DEGREE;
  const across = km / (111.32 * Math.max(0.01, Math.cos((lat * Math.PI) / 180)));
  return [lng - across, lat - up, lng + across, lat + up];
}
