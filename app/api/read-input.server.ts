import { z } from "zod";
import { Problem } from "#app/core/problems.ts";
import { BadInput, faultsOf, type Fault } from "./bad-input.ts";
import type { Operation } from "./operation.ts";

export const BODY_LIMIT = 64 * 1024;
const NOTHING = z.strictObject({});
const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * Everything a request brings, parsed once by the operation's own schemas. Fields and parameters nobody knows are
 * refused: a misspelt filter would otherwise answer with everything, a misspelt field be lost in silence.
 *
 * @throws Problem `not-found` for a path that cannot exist, `malformed`, `too-large`, `unsupported-type`; BadInput.
 */
export async function readInput(op: Operation, request: Request, url: URL, params: Record<string, string>) {
  const path = op.params?.safeParse(params);
  if (path && !path.success) throw new Problem("not-found");
  const sent = op.body ? await readJson(request) : undefined;
  const query = (op.query ?? NOTHING).safeParse(queryOf(url), { reportInput: true });
  const body = op.body?.safeParse(sent, { reportInput: true });
  const key = op.takesIdempotencyKey ? request.headers.get("idempotency-key") : null;
  const faults: Fault[] = [
    ...(query.error ? faultsOf(query.error.issues, "query") : []),
    ...(body?.error ? faultsOf(body.error.issues, "body") : []),
    ...(key !== null && !KEY.test(key) ? [{ parameter: "Idempotency-Key", say: "written" as const }] : []),
  ];
  if (faults.length > 0) throw new BadInput(faults);
  return { params: path?.data, query: query.data, body: body?.data, idempotencyKey: key };
}

function queryOf(url: URL): Record<string, string> {
  const given: Record<string, string> = Object.create(null);
  for (const [name, value] of url.searchParams) {
    if (name in given) throw new BadInput([{ parameter: name, say: "twice" }]);
    given[name] = value;
  }
  return { ...given };
}

/** An empty body counts as `{}`, so that an operation whose fields may all be left out needs none. */
async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  const type = (request.headers.get("content-type") ?? "").toLowerCase();
  if (!/^application\/json *(; *charset="?utf-8"?)? *$/.test(type)) throw new Problem("unsupported-type");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Problem("malformed");
  }
}

async function readBytes(request: Request): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > BODY_LIMIT) throw new Problem("too-large");
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!request.body) return Buffer.alloc(0);
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Problem("too-large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
