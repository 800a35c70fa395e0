import type { Ctx } from "#app/core/ctx.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { owedText, type OwedText } from "#app/notifications/owed-texts.server.ts";
import { readReaders, type Reader } from "#app/notifications/read-readers.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import type { MyRelay, Party } from "./my-relays.server.ts";
import type { Frame, Framing } from "./words.ts";

/** Those of these people who can be texted now. */
export const readersOf = (ctx: Ctx, relays: MyRelay[]): Promise<Map<string, Reader>> =>
  readReaders(ctx, [...new Set(relays.flatMap(({ me, other }) => [me.id, other.id]))]);

/** The row of a text about a conversation to one of its sides; none where they cannot be texted. */
export function textTo(
  ctx: Ctx,
  relay: MyRelay,
  to: "me" | "other",
  readers: Map<string, Reader>,
  make: { key: string; words(framing: Framing, frame: Frame): string },
): OwedText[] {
  const [reads, writes]: [Party, Party] = to === "me" ? [relay.me, relay.other] : [relay.other, relay.me];
  const reader = readers.get(reads.id);
  if (!reader) return [];
  const framing: Framing = { t: textFor(reader.locale), locale: reader.locale };
  const body = make.words(framing, {
    group: { name: relay.groupName, translations: relay.groupTranslations },
    who: writes.name,
    code: relay.code,
    title: relay.title,
    stop: reader.first,
  });
  return [
    owedText(ctx, {
      dedupeKey: make.key,
      template: "relay",
      reader,
      body,
      link: pageOf(ctx, relay, to),
      groupId: relay.groupId,
      senderId: reads.senderId,
    }),
  ];
}

/** Where this side reads all of it: the author by their private link, the claimer on the promise. */
export const pageOf = (ctx: Ctx, relay: MyRelay, who: "me" | "other"): string =>
  (relay.side === "author") === (who === "me")
    ? `${ctx.publicUrl}/m/${manageToken(ctx.seal, relay.postId)}`
    : `${ctx.publicUrl}/claims/${relay.claimId}`;
