import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { matchPath } from "@remix-run/react";
import type { ServerBuild } from "@remix-run/node";
import type { Examples } from "./examples.ts";

/** A page or action of the build. */
export type Route = { id: string; path: string; reads: boolean; writes: boolean };

const STEPS = ["", "/when", "/reach", "/check"];

/** All but the pages for developers, which stand in for a phone and are not there with a real provider. */
export async function routesOf(buildDir: string): Promise<Route[]> {
  const { routes } = (await import(pathToFileURL(resolve(buildDir, "server/index.js")).href)) as ServerBuild;
  return Object.values(routes).flatMap(({ id, parentId, path = "", module }) =>
    parentId && !id.startsWith("routes/dev.")
      ? [{ id, path: `/${path}`, reads: !!(module.loader ?? module.default), writes: !!module.action }]
      : [],
  );
}

/** The addresses of a route with the examples in place of its parameters. @throws when one has none. */
export function addressesOf({ id, path }: Route, { values }: Examples): string[] {
  if (path === "/*") return ["/no/such/page"];
  const name = /:(\w+)(?!\w*\?)/.exec(path)?.[1];
  if (!name) return path.endsWith("/:step?") ? STEPS.map((step) => path.replace(/\/:step\?$/, step)) : [path];
  const given = values[id] ?? values[name];
  if (!given) throw new Error(`no example for :${name} of ${id}: add one to scripts/scan/examples.ts`);
  return given.map((value) => path.replace(`:${name}`, value));
}

/** The most exact route of a path. */
export function routeAt(routes: Route[], path: string): Route {
  const { pathname } = new URL(path, "http://localhost");
  const fits = routes.filter((route) => matchPath({ path: route.path, end: true }, pathname));
  return fits.toSorted((a, b) => vagueness(a) - vagueness(b))[0]!;
}

const vagueness = ({ path }: Route) =>
  path === "/*" ? 100 : path.split("/").filter((part) => part.startsWith(":")).length;
