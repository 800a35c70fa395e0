import type { MetaDescriptor } from "@remix-run/node";

/**
 * The page's title from its loader's `title`: `export const meta = titleFromLoader`. After bad input the action's
 * answer may say so too; the words come translated, because `meta` has no catalogue.
 */
export function titleFromLoader({ data }: { data: unknown }): MetaDescriptor[] {
  const title = (data as { title?: string } | undefined)?.title;
  return [{ title: title ? `${title} – Manyhands` : "Manyhands" }];
}
