import type { ServerBuild } from "@remix-run/node";

type Handler = { access?: unknown };

/**
 * Nothing is served that does not say who may call it: a loader or an action without `guarded` stops the start.
 *
 * @throws Error that names them.
 */
export function everyRouteDeclares({ routes }: Pick<ServerBuild, "routes">): void {
  const silent = Object.values(routes).flatMap(({ id, module: { loader, action } }) =>
    [loader, action].some((handler) => handler && (handler as Handler).access === undefined) ? [id] : [],
  );
  if (silent.length > 0) throw new Error(`These routes do not say who may call them: ${silent.join(", ")}.`);
}
