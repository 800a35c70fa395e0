import { groupOperations } from "./groups.server.ts";
import type { Operation } from "./operation.ts";

/** Everything the API can do. The router and the OpenAPI document are both made from this list. */
export const operations: readonly Operation[] = [...groupOperations];
