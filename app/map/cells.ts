import { cellAt, KM_PER_DEGREE, kmPerDegreeEast, type Spot } from "#app/core/grid.ts";
import { boxOf, kmPerUnit, SIDE, toPicture, type Box, type Frame } from "./projection.ts";

/** A square of the map: `km` is 1, the grid that places are snapped to, or a power of two of it. */
export type Cell = { km: number; row: number; column: number };
/** What lies in a square, as far as the asker may see it. */
export type CountedCell = Cell & { needs: number; offers: number };

/** A square is at least so wide in the picture: room for two numbers, and for a thumb. */
const LEAST_WIDE = 60;

/** How large the squares of a frame are: the smallest that can be read, never smaller than the grid. */
export function cellKm(frame: Frame): number {
  let km = 1;
  while (km / kmPerUnit(frame) < LEAST_WIDE) km *= 2;
  return km;
}

export function boxOfCell({ km, row, column }: Cell): Box {
  const south = (row * km) / KM_PER_DEGREE;
  const wide = km / kmPerDegreeEast(south + km / 2 / KM_PER_DEGREE);
  return { south, north: south + km / KM_PER_DEGREE, west: column * wide, east: (column + 1) * wide };
}

export function middleOf(cell: Cell): Spot {
  const { west, south, east, north } = boxOfCell(cell);
  return { lat: (south + north) / 2, lng: (west + east) / 2 };
}

export const isIn = (spot: Spot, cell: Cell): boolean => {
  const { row, column } = cellAt(spot, cell.km);
  return row === cell.row && column === cell.column;
};

/** The box of all squares that touch the picture, whole: those at its edge are counted with what lies outside. */
export function wholeCells(frame: Frame, km: number): Box {
  const { west, south, east, north } = boxOf(frame);
  const tall = km / KM_PER_DEGREE;
  const wide = km / kmPerDegreeEast(Math.min(89, Math.max(Math.abs(south), Math.abs(north)) + tall));
  return {
    south: Math.floor(south / tall) * tall,
    north: (Math.floor(north / tall) + 1) * tall,
    west: west - wide,
    east: east + wide,
  };
}

export type Rectangle = { x: number; y: number; width: number; height: number };

/** Where a square lies in the picture, rounded to a tenth. */
export function rectangleOf(cell: Cell, frame: Frame): Rectangle {
  const { west, south, east, north } = boxOfCell(cell);
  const start = toPicture({ lat: north, lng: west }, frame);
  const end = toPicture({ lat: south, lng: east }, frame);
  const round = (value: number) => Math.round(value * 10) / 10;
  return { x: round(start.x), y: round(start.y), width: round(end.x - start.x), height: round(end.y - start.y) };
}

export const isShown = ({ x, y, width, height }: Rectangle): boolean =>
  x < SIDE && y < SIDE && x + width > 0 && y + height > 0;

/** The empty squares under the picture as one path, so that the grid can be seen where nothing lies. */
export function gridPath(frame: Frame, km: number): string {
  const box = boxOf(frame);
  const top = cellAt({ lat: box.north, lng: box.west }, km).row;
  const bottom = cellAt({ lat: box.south, lng: box.west }, km).row;
  const parts: string[] = [];
  for (let row = bottom; row <= top; row += 1) {
    const lat = ((row + 0.5) * km) / KM_PER_DEGREE;
    const first = cellAt({ lat, lng: box.west }, km).column;
    const last = cellAt({ lat, lng: box.east }, km).column;
    for (let column = first; column <= last; column += 1) {
      const { x, y, width, height } = rectangleOf({ km, row, column }, frame);
      parts.push(`M${x} ${y}h${width}v${height}`);
    }
  }
  return parts.join("");
}

/** A round number of kilometres that is 60 to 150 units long in the picture, and how long. */
export function scaleOf(frame: Frame): { km: number; length: number } {
  const most = kmPerUnit(frame) * 150;
  const ten = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((step) => step * ten).find((one) => one <= most)!;
  return { km, length: Math.round(km / kmPerUnit(frame)) };
}

/** How dark a square is by how much lies in it, 1 to 6; the number itself is always printed. */
export const shadeOf = (n: number): number => [2, 5, 10, 25, 100].filter((from) => n >= from).length + 1;
