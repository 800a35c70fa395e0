/** A second reader of RFC 4180, written apart from what writes it: lines of cells. */
export function tokens(text: string): string[][] {
  const cells = text.replace(/^\uFEFF/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g);
  const lines: string[][] = [[]];
  for (const [whole, quoted, bare, end] of cells) {
    if (whole === "") break;
    lines.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? "");
    if (end === "\r\n") lines.push([]);
  }
  return lines.filter((line) => line.length > 0);
}

/** A line by the names in the head. */
export const byHead = (head: string[], row: string[]): Record<string, string> =>
  Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""]));
