import { readFileSync } from "node:fs";
import type { Answer, Ask } from "#scripts/torture/ask.ts";
import type { Crowd } from "#scripts/torture/crowd.ts";

const headers = (crowd: Crowd, who: number, key: string) => ({
  "content-type": "application/json",
  authorization: `Bearer ${crowd.people[who]!.token}`,
  "idempotency-key": key,
});

/** Somebody (the first of the crowd) asks for ten meals. */
export async function publish(ask: Ask, crowd: Crowd, key: string): Promise<{ code: string; answer: Answer }> {
  const { group, categories } = crowd.place;
  const body = {
    kind: "need",
    group,
    category: categories[0],
    title: `${key} Soup`,
    quantity: 10,
    contact: { name: "Ana" },
  };
  const answer = await ask({
    method: "POST",
    path: "/api/v1/posts",
    headers: headers(crowd, 0, key),
    body: JSON.stringify(body),
  });
  return { code: answer?.status === 201 ? (JSON.parse(answer.body) as { code: string }).code : "", answer };
}

export function claim(ask: Ask, crowd: Crowd, who: number, code: string, key: string): Promise<Answer> {
  const path = `/api/v1/posts/${code}/claims`;
  return ask({ method: "POST", path, headers: headers(crowd, who, key), body: JSON.stringify({ quantity: 1 }) });
}

/** A process and its children, as Linux knows them. */
export function processesOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
  return [pid, ...children.map(Number)];
}
