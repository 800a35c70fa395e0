import { guarded } from "#app/web/guarded.server.ts";
import { listen } from "#app/web/need-of-thread.server.ts";

/** A message somebody left by voice, for the coordinators who may see their thread. */
export const loader = guarded("coordinator", listen);
