import type { Ctx } from "#app/core/ctx.ts";
import { knownPlaces } from "#app/posts/known-places.server.ts";
import { cellKm, isIn, isShown, rectangleOf, wholeCells, type CountedCell } from "./cells.ts";
import { countCells, countUnplaced, whereMostIs } from "./map-cells.server.ts";
import type { MapView } from "./map-view.ts";
import { fit, makeFrame, toPicture, SIDE, type Frame } from "./projection.ts";

export type MapScreen = {
  frame: Frame;
  km: number;
  /** The fullest first; each with the names of places that lie in it. */
  cells: (CountedCell & { places: string[] })[];
  /** Names to write on the map and where in the picture. */
  labels: { name: string; x: number; y: number }[];
  /** How many do not say where they are. */
  unplaced: number;
};

/** Where the map begins when nothing says where it is. */
const WORLD = makeFrame({ lat: 20, lng: 0 }, 1);
const FIRST_ZOOM = 13;
const NAMES = 2;

/** Everything the map shows to whoever asks. */
export async function mapScreen(ctx: Ctx, view: MapView): Promise<MapScreen> {
  const [frame, places, unplaced] = await Promise.all([
    view.frame ?? firstFrame(ctx, view),
    knownPlaces(ctx),
    countUnplaced(ctx, view),
  ]);
  const km = cellKm(frame);
  const counted = await countCells(ctx, view, km, wholeCells(frame, km));
  const cells = counted
    .filter((cell) => isShown(rectangleOf(cell, frame)))
    .map((cell) => ({ ...cell, places: namesIn(places, cell) }));
  const labels = places
    .map((place) => ({ name: place.name, ...toPicture(place, frame) }))
    .filter(({ x, y }) => x > 0 && y > 0 && x < SIDE && y < SIDE);
  return { frame, km, cells, labels, unplaced };
}

async function firstFrame(ctx: Ctx, view: MapView): Promise<Frame> {
  const box = await whereMostIs(ctx, view);
  return box ? fit(box, FIRST_ZOOM) : WORLD;
}

const namesIn = (places: Awaited<ReturnType<typeof knownPlaces>>, cell: CountedCell) =>
  [...new Set(places.filter((place) => isIn(place, cell)).map(({ name }) => name))].slice(0, NAMES);
