import type { Spot } from "#app/core/grid.ts";

/** The picture's side in its own units. At zoom `z` the world is `256 * 2^z` of them wide, as map tiles are. */
export const SIDE = 480;
const TILE = 256;
export const LEAST_ZOOM = 1;
export const MOST_ZOOM = 14;

/** What the picture shows: its middle and how near it is. */
export type Frame = { middle: Spot; z: number };
export type Box = { west: number; south: number; east: number; north: number };
type Point = { x: number; y: number };

/** Web Mercator ends here. */
const MOST_LAT = 85;
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Where a spot lies on the world of a zoom, from its north-west corner (Web Mercator). */
export function toWorld({ lat, lng }: Spot, z: number): Point {
  const world = TILE * 2 ** z;
  const y = Math.asinh(Math.tan(radians(clamp(lat, -MOST_LAT, MOST_LAT)))) / Math.PI;
  return { x: ((lng + 180) / 360) * world, y: ((1 - y) / 2) * world };
}

export function fromWorld({ x, y }: Point, z: number): Spot {
  const world = TILE * 2 ** z;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI;
  return { lat, lng: (x / world) * 360 - 180 };
}

/** The north-west corner of the picture on the world. */
function cornerOf({ middle, z }: Frame): Point {
  const { x, y } = toWorld(middle, z);
  return { x: x - SIDE / 2, y: y - SIDE / 2 };
}

/** Where a spot lies in the picture; outside of 0 to `SIDE` it cannot be seen. */
export function toPicture(spot: Spot, frame: Frame): Point {
  const corner = cornerOf(frame);
  const { x, y } = toWorld(spot, frame.z);
  return { x: x - corner.x, y: y - corner.y };
}

/** What of the world the picture shows, in degrees. */
export function boxOf(frame: Frame): Box {
  const corner = cornerOf(frame);
  const { lat: north, lng: west } = fromWorld(corner, frame.z);
  const { lat: south, lng: east } = fromWorld({ x: corner.x + SIDE, y: corner.y + SIDE }, frame.z);
  return { west, south, east, north };
}

/** The nearest frame that shows all of a box with some room around it. */
export function fit(box: Box, nearest: number): Frame {
  const room = SIDE * 0.75;
  let z = nearest;
  for (; z > LEAST_ZOOM; z -= 1) {
    const start = toWorld({ lat: box.north, lng: box.west }, z);
    const end = toWorld({ lat: box.south, lng: box.east }, z);
    if (end.x - start.x <= room && end.y - start.y <= room) break;
  }
  return makeFrame({ lat: (box.north + box.south) / 2, lng: (box.west + box.east) / 2 }, z);
}

/** A frame within the world, its middle rounded to four places (11 m), so that addresses stay short. */
export function makeFrame({ lat, lng }: Spot, z: number): Frame {
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  const middle = { lat: round(clamp(lat, -MOST_LAT, MOST_LAT)), lng: round(clamp(lng, -180, 180)) };
  return { middle, z: clamp(Math.round(z), LEAST_ZOOM, MOST_ZOOM) };
}

/** The frame so many units to the east and to the south. */
export function moved(frame: Frame, east: number, south: number): Frame {
  const { x, y } = toWorld(frame.middle, frame.z);
  return makeFrame(fromWorld({ x: x + east, y: y + south }, frame.z), frame.z);
}

/** Kilometres that one unit of the picture is at its middle. */
export const kmPerUnit = ({ middle, z }: Frame): number =>
  (40_075.017 * Math.cos(radians(middle.lat))) / (TILE * 2 ** z);

/** The tiles that cover the picture, and where each begins in it. */
export function tilesOf(frame: Frame): (Point & { tileX: number; tileY: number })[] {
  const corner = cornerOf(frame);
  const count = 2 ** frame.z;
  const from = { x: Math.floor(corner.x / TILE), y: Math.floor(corner.y / TILE) };
  const to = { x: Math.floor((corner.x + SIDE - 1) / TILE), y: Math.floor((corner.y + SIDE - 1) / TILE) };
  const tiles = [];
  for (let tileY = Math.max(0, from.y); tileY <= Math.min(count - 1, to.y); tileY += 1) {
    for (let tileX = Math.max(0, from.x); tileX <= Math.min(count - 1, to.x); tileX += 1) {
      tiles.push({ tileX, tileY, x: tileX * TILE - corner.x, y: tileY * TILE - corner.y });
    }
  }
  return tiles;
}
