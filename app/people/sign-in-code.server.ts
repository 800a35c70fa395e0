import { timingSafeEqual } from "node:crypto";
import type { Seal } from "#app/core/seal.server.ts";
import { westernDigits } from "./phone.server.ts";

/** The 6 digits that belong to a row of `sign_in_codes`. Stored nowhere: made again whenever a text or a check needs them. */
export function signInCode(seal: Seal, id: string): string {
  const number = Number.parseInt(seal.lookup("code", id).slice(0, 13), 16) % 1_000_000;
  return String(number).padStart(6, "0");
}

/** Does what was typed name that code? Spaces, dashes and Arabic digits are fine; compared in constant time. */
export function isSignInCode(seal: Seal, id: string, typed: string): boolean {
  const digits = westernDigits(typed).replace(/[^0-9]/g, "");
  const right = Buffer.from(signInCode(seal, id));
  const given = Buffer.from(digits.padEnd(right.length, " ").slice(0, right.length));
  return timingSafeEqual(right, given) && digits.length === right.length;
}
