import { Problem } from "#app/core/problems.ts";
import { guarded } from "#app/web/guarded.server.ts";

/** Any other address: the kind 404 page, said by the root's error page. */
export const handle = { hydrate: false };

export const loader = guarded("anyone", () => {
  throw new Problem("not-found");
});

export const action = loader;

export default function Nothing() {
  return null;
}
