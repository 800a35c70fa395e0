import type { PersonCtx } from "#app/core/ctx.ts";
import { changeFields } from "./change-fields.server.ts";

/**
 * Stops asking a question. The answers that posts have stay with them. Safe to repeat. For coordinators of its group.
 *
 * @throws Problem `not-found`.
 */
export const removeField = (ctx: PersonCtx, { categoryId, key }: { categoryId: string; key: string }): Promise<void> =>
  changeFields(ctx, categoryId, (fields) => fields.filter((field) => field.key !== key));
