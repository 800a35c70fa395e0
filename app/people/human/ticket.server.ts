import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Ctx } from "#app/core/ctx.ts";

/** `work` and `waited` are passes, by how they were earned; `wait` says since when somebody waits for one; `passkey` is to be signed by one. */
export type TicketKind = "work" | "waited" | "wait" | "passkey";
export type Ticket = { kind: TicketKind; at: Date; nonce: string };

/** A signed note for a browser to hand back: what for, a moment, and a number used once. Nothing is stored, nobody is named. */
export function writeTicket(ctx: Ctx, kind: TicketKind, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const nonce = randomBytes(16).toString("hex");
  return `${kind}_${seconds}_${nonce}_${sign(ctx, kind, seconds, nonce)}`;
}

/** What a ticket of ours says; null for anything else. */
export function readTicket(ctx: Ctx, text: string | null | undefined): Ticket | null {
  const match = /^(work|waited|wait|passkey)_(\d{1,11})_([0-9a-f]{32})_([0-9a-f]{64})$/.exec(text ?? "");
  if (!match) return null;
  const [, kind, seconds, nonce, signature] = match as unknown as [string, TicketKind, string, string, string];
  const wanted = sign(ctx, kind, Number(seconds), nonce);
  if (!timingSafeEqual(Buffer.from(wanted), Buffer.from(signature))) return null;
  return { kind, at: new Date(Number(seconds) * 1000), nonce };
}

const sign = ({ seal }: Ctx, kind: TicketKind, seconds: number, nonce: string) =>
  seal.lookup("limit", `ticket ${kind} ${seconds} ${nonce}`);
