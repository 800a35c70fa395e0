export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/**
 * A file's text, whatever program wrote it. A byte order mark decides; without one, zero bytes at every other place mean
 * UTF-16, and what is no UTF-8 is read as Windows-1252, which every old spreadsheet program of the west writes. PURE.
 */
export function decode(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const encoding = encodingOf(bytes);
  const text = encoding === "windows-1252" ? fromWindows1252(bytes) : new TextDecoder(encoding).decode(bytes);
  return { text: text.replaceAll("\0", ""), encoding };
}

/** What Windows-1252 has at 0x80 to 0x9f, where Latin-1 has control characters; Node 20 decodes it as Latin-1. Five are unused. */
const AT_80 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const fromWindows1252 = (bytes: Uint8Array): string =>
  new TextDecoder("latin1").decode(bytes).replace(/[\u0080-\u009f]/g, (sign) => AT_80[sign.charCodeAt(0) - 0x80]!);

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const start = bytes.subarray(0, 4_000);
  const zeros = (parity: number) => start.filter((byte, at) => byte === 0 && at % 2 === parity).length;
  if (zeros(1) > start.length / 8) return "utf-16le";
  if (zeros(0) > start.length / 8) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
