import fc from "fast-check";
import { expect, test } from "vitest";
import { History } from "#app/live/history.ts";

const change = (id: number) => ({ id, type: "post.edited", groupId: "g", code: `C${id}`, at: new Date(0) });

test("whatever order events are committed in, each is told once", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(Array.from({ length: 40 }, (_, at) => at + 101)), (order) => {
      const history = new History(100);
      const committed: number[] = [];
      const told: number[] = [];
      order.forEach((id, at) => {
        committed.push(id);
        const from = history.readFrom(at * 100);
        const read = committed.filter((one) => one > from).toSorted((a, b) => a - b);
        told.push(...history.add(read.map(change), at * 100).map((one) => one.id));
      });
      expect(told.toSorted((a, b) => a - b)).toEqual(order.toSorted((a, b) => a - b));
    }),
  );
});

test("who comes back is told what they missed, or that it is too long ago to know", () => {
  const history = new History(100);
  history.add(
    Array.from({ length: 3_000 }, (_, at) => change(at + 101)),
    0,
  );
  expect(history.since(100)).toBeNull();
  expect(history.since(1_000)).toBeNull();
  const missed = history.since(3_090)!.map(({ id }) => id);
  expect(missed).toEqual(expect.arrayContaining([3_091, 3_092, 3_099, 3_100]));
});

test("reading goes on behind what can no longer come late", () => {
  const history = new History(100);
  history.add([change(101)], 0);
  history.add([change(105)], 5_000);
  expect(history.readFrom(5_000)).toBe(100);
  expect(history.readFrom(10_001)).toBe(101);
  expect(history.readFrom(15_001)).toBe(105);
});

test("who knew of a later event is told of one that was committed after it, and of nothing they knew", () => {
  const history = new History(0, 100);
  history.add([change(97), change(98), change(100)], 0, () => false);
  expect(history.since(100)).toEqual([]);
  expect(history.add([change(99), change(101)], 50).map(({ id }) => id)).toEqual([99, 101]);
  expect(history.since(100)!.map(({ id }) => id)).toEqual([99, 101]);
  expect(
    history.since(101)!.map(({ id }) => id),
    "101 may have been read before 99 was there",
  ).toEqual([99]);
});
