import type { PersonCtx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { Problem } from "#app/core/problems.ts";
import { getContact, type Contact } from "#app/posts/get-contact.server.ts";
import { isLive } from "./claim.ts";
import { listMyClaims, type MyClaim } from "./my-claims.server.ts";

/** A promise on the sheet; `contact` only where it was asked for, and null where it is not theirs to see (yet). */
export type SheetLine = { claim: MyClaim; contact: Pick<Contact, "name" | "address" | "privateNote"> | null };

/**
 * What somebody promised and has still to do, the most pressing first. With `contacts` each address and note they may see is opened,
 * which is recorded as a look, one for each post.
 */
export async function daySheet(
  ctx: PersonCtx,
  locale: Locale,
  { contacts }: { contacts: boolean },
): Promise<SheetLine[]> {
  const claims = (await listMyClaims(ctx, locale)).filter(({ status, over }) => isLive(status) && !over);
  const lines: SheetLine[] = [];
  for (const claim of claims) lines.push({ claim, contact: contacts ? await contactOf(ctx, claim) : null });
  return lines;
}

async function contactOf(ctx: PersonCtx, { post }: MyClaim): Promise<SheetLine["contact"]> {
  try {
    const { name, address, privateNote } = await getContact(ctx, post.code);
    return { name, address, privateNote };
  } catch (error) {
    if (error instanceof Problem && error.kind === "not-found") return null;
    throw error;
  }
}
