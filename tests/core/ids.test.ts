import { expect, test } from "vitest";
import { hashToken, newCode, newId, newToken } from "#app/core/ids.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { isSignInCode, signInCode } from "#app/people/sign-in-code.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";

const seal = makeSeal(Buffer.alloc(32, 7).toString("base64"));
const many = <T>(make: () => T): T[] => Array.from({ length: 500 }, make);

test("an id is a UUID of version 7 that begins with its time", () => {
  const now = new Date("2026-11-23T12:00:00.123Z");
  const ids = many(() => newId(now));
  const time = now.getTime().toString(16).padStart(12, "0");
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(id.replaceAll("-", "").slice(0, 12)).toBe(time);
  }
  expect(new Set(ids).size).toBe(ids.length);
  // Whatever is not time or version is random.
  expect(new Set(ids.map((id) => id[15])).size).toBe(16);
  expect(new Set(ids.map((id) => id[19])).size).toBe(4);
  expect(new Set(ids.map((id) => id[20])).size).toBe(16);
});

test("a token has 128 bits unless more are wanted, and needs no escaping", () => {
  for (const [token, length] of [
    [newToken(), 22],
    [newToken(32), 43],
  ] as const)
    expect(token).toMatch(new RegExp(`^[\\w-]{${length}}$`));
  expect(new Set(many(() => newToken())).size).toBe(500);
});

test("of a token SHA-256 is kept", () => {
  expect(hashToken("token")).toBe("3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0");
});

test("a public code has four letters unless more are wanted", () => {
  expect([newCode().length, newCode(7).length]).toEqual([4, 7]);
});

test("the private link of a post stays the same, or every text that went out would be wrong", () => {
  expect(manageToken(seal, "00000000-0000-7000-8000-000000000001")).toBe("KbvhanJy3uLuS0WG3SYGKA");
});

test("a sign-in code has six digits, zeros in front too, and stays the same for its row", () => {
  expect(["1", "2", "3", "22"].map((id) => signInCode(seal, id))).toEqual(["201133", "303316", "026560", "047562"]);
});

test.each([
  ["026560", true],
  ["026 560", true],
  ["0-2-6-5-6-0.", true],
  ["٠٢٦٥٦٠", true],
  ["۰۲۶۵۶۰", true],
  ["26560", false],
  ["0265600", false],
  ["0026560", false],
  ["02656", false],
  ["026561", false],
  ["126560", false],
  ["", false],
  ["      ", false],
])("typed as %j a code is right: %s", (typed, right) => {
  expect(isSignInCode(seal, "3", typed)).toBe(right);
});
