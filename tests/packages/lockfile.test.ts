import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Advisory = { name: string; mended: string; id: string };
type Lock = { packages: Record<string, { version?: string; integrity?: string; resolved?: string; link?: boolean }> };

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;
const advisories: Advisory[] = readFileSync("tests/packages/advisories.txt", "utf8")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => line.split(/\s+/) as [string, string, string])
  .map(([name, mended, id]) => ({ name, mended, id }));

const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
const numbers = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number);

function isBefore(version: string, mended: string): boolean {
  const [a, b] = [numbers(version), numbers(mended)];
  const first = a.findIndex((number, at) => number !== b[at]);
  return first !== -1 && a[first]! < b[first]!;
}

/** The advisories that a lockfile's packages fall under, as `name@version id`. */
const holesIn = ({ packages }: Lock): string[] =>
  Object.entries(packages).flatMap(([path, { version }]) =>
    advisories
      .filter(({ name, mended }) => path !== "" && name === nameOf(path) && version && isBefore(version, mended))
      .map(({ name, id }) => `${name}@${version} ${id}`),
  );

test("nothing we lock has a hole that is known and mended", () => {
  expect(advisories.length).toBeGreaterThan(10);
  expect(holesIn(lock)).toEqual([]);
});

test("one that has would be found, also below another package", () => {
  const packages = {
    "node_modules/x/node_modules/react-router": { version: "6.30.5" },
    "node_modules/react": { version: "18.3.1" },
  };
  expect(holesIn({ packages })).toEqual(["react-router@6.30.5 GHSA-jjmj-jmhj-qwj2"]);
});

test("every package comes with a hash, and from nowhere in particular", () => {
  const fetched = Object.entries(lock.packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);
  expect(fetched.length).toBeGreaterThan(300);
  expect(fetched.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
  expect(fetched.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([]);
});
