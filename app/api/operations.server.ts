import { claimOperations } from "./claims.server.ts";
import { dashboardOperations } from "./dashboard.server.ts";
import { groupOperations } from "./groups.server.ts";
import { matchOperations } from "./matches.server.ts";
import { meOperations } from "./me.server.ts";
import type { Operation } from "./operation.ts";
import { postOperations } from "./posts.server.ts";

/** Everything the API can do. The router and the OpenAPI document are both made from this list. */
export const operations: readonly Operation[] = [
  ...groupOperations,
  ...postOperations,
  ...matchOperations,
  ...claimOperations,
  ...meOperations,
  ...dashboardOperations,
];
