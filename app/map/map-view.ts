import type { PostKind } from "#app/posts/post.ts";
import { LEAST_ZOOM, makeFrame, MOST_ZOOM, type Frame } from "./projection.ts";

/** What the map is asked for by its address: `?kind=&group=&category=&at=lat,lng&z=`. No frame: wherever most is. */
export type MapView = {
  kind: PostKind | null;
  group: string | null;
  category: string | null;
  frame: Frame | null;
};

const SLUG = /^[\w-]{1,80}$/;
const SPOT = /^(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)$/;

/** What cannot be read counts as not asked for: a mistyped link still shows a map. */
export function parseMapView(query: URLSearchParams): MapView {
  const slug = (name: string) => (SLUG.test(query.get(name) ?? "") ? query.get(name) : null);
  const kind = query.get("kind");
  const group = slug("group");
  return {
    kind: kind === "need" || kind === "offer" ? kind : null,
    group,
    category: group && slug("category"),
    frame: frameOf(query),
  };
}

function frameOf(query: URLSearchParams): Frame | null {
  const spot = SPOT.exec(query.get("at") ?? "");
  const z = Number(query.get("z"));
  if (!spot || !Number.isInteger(z) || z < LEAST_ZOOM || z > MOST_ZOOM) return null;
  return makeFrame({ lat: Number(spot[1]), lng: Number(spot[2]) }, z);
}

/** The map's address with some of it changed. */
export function mapHref(view: MapView, change: Partial<MapView> = {}): string {
  const { frame, ...filter } = { ...view, ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  if (frame) {
    query.set("at", `${frame.middle.lat},${frame.middle.lng}`);
    query.set("z", String(frame.z));
  }
  return query.size > 0 ? `/map?${query.toString().replaceAll("%2C", ",")}` : "/map";
}

/** The board of the same things, around a spot where one is given. */
export function boardHref(
  { kind, group, category }: Omit<MapView, "frame">,
  near?: { lat: number; lng: number; km: number },
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ kind, group, category })) if (value) query.set(name, value);
  if (near) {
    query.set("near", `${near.lat.toFixed(4)},${near.lng.toFixed(4)}`);
    query.set("within", String(near.km));
  }
  return query.size > 0 ? `/board?${query.toString().replaceAll("%2C", ",")}` : "/board";
}
