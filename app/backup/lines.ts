import { StringDecoder } from "node:string_decoder";

/** The lines of a stream of bytes, some thousand at a time, without their ends. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, atOnce = 1_000): AsyncGenerator<string[]> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let lines: string[] = [];
  for await (const chunk of chunks) {
    const parts = (rest + decoder.write(Buffer.from(chunk))).split("\n");
    rest = parts.pop()!;
    for (const part of parts) {
      lines.push(part);
      if (lines.length < atOnce) continue;
      yield lines;
      lines = [];
    }
  }
  rest += decoder.end();
  if (rest !== "") lines.push(rest);
  if (lines.length > 0) yield lines;
}
