import { describe, expect, test } from "vitest";
import { cellAt, snapToGrid } from "#app/core/grid.ts";
import { boxOfCell, cellKm, isIn, isShown, middleOf, rectangleOf, scaleOf, shadeOf } from "#app/map/cells.ts";
import { placeLabels } from "#app/map/map-labels.ts";
import { boardHref, mapHref, parseMapView } from "#app/map/map-view.ts";
import { boxOf, fit, fromWorld, makeFrame, moved, SIDE, tilesOf, toPicture, toWorld } from "#app/map/projection.ts";

/** A fixed sequence, so that a failure can be had again. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    yield state / 4_294_967_296;
  }
}
const spots = (count: number) => {
  const next = numbers(7);
  return Array.from({ length: count }, () => ({
    lat: next.next().value * 160 - 80,
    lng: next.next().value * 358 - 179,
  }));
};

describe("the projection", () => {
  test("is Web Mercator: the tile of a known spot", () => {
    const { x, y } = toWorld({ lat: 51.5074, lng: -0.1278 }, 10);
    expect([Math.floor(x / 256), Math.floor(y / 256)]).toEqual([511, 340]);
  });

  test("comes back to where it started", () => {
    for (const spot of spots(200)) {
      const back = fromWorld(toWorld(spot, 9), 9);
      expect(back.lat).toBeCloseTo(spot.lat, 8);
      expect(back.lng).toBeCloseTo(spot.lng, 8);
    }
  });

  test("puts the middle in the middle, and its box at the edges", () => {
    const frame = makeFrame({ lat: 40.7, lng: -73.9 }, 12);
    expect(toPicture(frame.middle, frame)).toEqual({ x: SIDE / 2, y: SIDE / 2 });
    const box = boxOf(frame);
    expect(toPicture({ lat: box.north, lng: box.west }, frame).x).toBeCloseTo(0, 6);
    expect(toPicture({ lat: box.south, lng: box.east }, frame).y).toBeCloseTo(SIDE, 6);
  });

  test("a step north and a step back south is the same view", () => {
    const frame = makeFrame({ lat: 40.7, lng: -73.9 }, 12);
    const back = moved(moved(frame, 0, -240), 0, 240);
    expect(back.middle.lat).toBeCloseTo(40.7, 3);
    expect(moved(frame, 0, -240).middle.lat).toBeGreaterThan(40.7);
    expect(moved(frame, 240, 0).middle.lng).toBeGreaterThan(-73.9);
  });

  test("fits a box, and never goes nearer than told", () => {
    const box = { west: -74, east: -73.8, south: 40.6, north: 40.8 };
    const frame = fit(box, 13);
    const shown = boxOf(frame);
    expect(shown.west < box.west && shown.east > box.east && shown.south < box.south && shown.north > box.north).toBe(
      true,
    );
    expect(fit({ west: 1, east: 1, south: 1, north: 1 }, 13).z).toBe(13);
  });

  test("tiles cover the picture and exist", () => {
    for (const [z, lat] of [
      [1, 84],
      [6, -60],
      [14, 40],
    ] as const) {
      const frame = makeFrame({ lat, lng: 179 }, z);
      for (const { tileX, tileY, x, y } of tilesOf(frame)) {
        expect(tileX >= 0 && tileX < 2 ** z && tileY >= 0 && tileY < 2 ** z).toBe(true);
        expect(x < SIDE && y < SIDE && x + 256 > 0 && y + 256 > 0).toBe(true);
      }
    }
    expect(tilesOf(makeFrame({ lat: 40, lng: 10 }, 8)).length).toBeGreaterThanOrEqual(4);
  });
});

describe("squares", () => {
  test("hold what was counted in them, at any size", () => {
    for (const spot of spots(300)) {
      for (const km of [1, 2, 8, 64]) {
        const cell = { km, ...cellAt(spot, km) };
        const { west, south, east, north } = boxOfCell(cell);
        expect(spot.lat >= south - 1e-9 && spot.lat <= north + 1e-9).toBe(true);
        expect(spot.lng >= west - 1e-9 && spot.lng <= east + 1e-9).toBe(true);
        expect(isIn(middleOf(cell), cell)).toBe(true);
      }
    }
  });

  test("the smallest square is the grid's: its middle is where places are snapped to", () => {
    for (const spot of spots(200)) {
      const middle = middleOf({ km: 1, ...cellAt(spot, 1) });
      const snapped = snapToGrid(spot);
      expect(middle.lat).toBeCloseTo(snapped.lat, 4);
      expect(middle.lng).toBeCloseTo(snapped.lng, 4);
    }
  });

  test("are never finer than the grid, however near one looks, and can be pressed with a thumb", () => {
    for (let z = 1; z <= 14; z += 1) {
      for (const lat of [0, 40, 65, -80]) {
        const frame = makeFrame({ lat, lng: 10 }, z);
        const km = cellKm(frame);
        expect(km >= 1 && Number.isInteger(Math.log2(km))).toBe(true);
        const { width, height } = rectangleOf({ km, ...cellAt(frame.middle, km) }, frame);
        if (z > 3) expect(Math.min(width, height)).toBeGreaterThan(44);
      }
    }
  });

  test("lie beside each other without gaps", () => {
    const frame = makeFrame({ lat: 40.7, lng: -73.9 }, 12);
    const km = cellKm(frame);
    const here = { km, ...cellAt(frame.middle, km) };
    const one = rectangleOf(here, frame);
    expect(rectangleOf({ ...here, column: here.column + 1 }, frame).x).toBeCloseTo(one.x + one.width, 0);
    expect(rectangleOf({ ...here, row: here.row - 1 }, frame).y).toBeCloseTo(one.y + one.height, 0);
    expect(isShown(one)).toBe(true);
    expect(isShown({ ...one, x: SIDE })).toBe(false);
  });

  test("get darker with what lies in them", () => {
    expect([1, 2, 5, 10, 25, 100, 9000].map(shadeOf)).toEqual([1, 2, 3, 4, 5, 6, 6]);
  });

  test("the scale is a round number that fits", () => {
    for (let z = 1; z <= 14; z += 1) {
      const { km, length } = scaleOf(makeFrame({ lat: 40, lng: 0 }, z));
      expect(String(km)).toMatch(/^(0\.0*)?[125]0*$/);
      expect(length).toBeGreaterThanOrEqual(55);
      expect(length).toBeLessThanOrEqual(151);
    }
  });
});

test("names that would touch stand above or below their squares instead", () => {
  const squares = [0, 1].map((n) => ({ x: 100 + 60 * n, y: 100, width: 60, height: 60 }));
  const names = [
    { name: "Harbor Street", x: 120, y: 120 },
    { name: "Riverside camp", x: 180, y: 120 },
  ];
  const [first, second] = placeLabels(names, squares);
  expect(first).toMatchObject({ name: "Harbor Street", y: 154 });
  expect(second).toMatchObject({ name: "Riverside camp", y: 96 });
});

test("names do not cover each other", () => {
  const square = { x: 100, y: 100, width: 60, height: 60 };
  const names = [
    { name: "Elm", x: 120, y: 120 },
    { name: "Oak", x: 130, y: 150 },
    { name: "Far away", x: 400, y: 400 },
  ];
  expect(placeLabels(names, [square]).map(({ name }) => name)).toEqual(["Elm", "Far away"]);
});

describe("the map's address", () => {
  const view = (query: string) => parseMapView(new URLSearchParams(query));

  test("says what is shown, and comes back the same", () => {
    const href = "/map?kind=need&group=kitchen&category=hot-meals&at=40.7,-73.9&z=12";
    expect(mapHref(view(href.slice(5)))).toBe(href);
    expect(mapHref(view(href.slice(5)), { frame: null, kind: null })).toBe("/map?group=kitchen&category=hot-meals");
  });

  test("what cannot be read counts as not asked for", () => {
    for (const query of [
      "kind=x",
      "at=400,1,2&z=9",
      "at=1,2",
      "at=1,2&z=99",
      "z=4",
      "group=%00",
      "category=hot-meals",
    ]) {
      expect(mapHref(view(query))).toBe("/map");
    }
  });

  test("leads to the board around a square", () => {
    expect(boardHref(view("kind=offer"), { lat: 40.71234, lng: -74, km: 2 })).toBe(
      "/board?kind=offer&near=40.7123,-74.0000&within=2",
    );
  });
});
