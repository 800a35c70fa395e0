import type { World } from "./world.ts";

export type Answer = { status: number; to: string; body: string };

/** Somebody without a browser: keeps cookies and sends forms, which is all that our pages ask for. */
export class Browserless {
  readonly #cookies = new Map<string, string>();

  constructor(readonly world: World) {}

  /** As if it had signed in before. */
  carry = (name: string, value: string) => void this.#cookies.set(name, value);

  get = (path: string) => this.#ask(path, {});

  post = (path: string, form: Record<string, string>) =>
    this.#ask(path, { method: "POST", body: new URLSearchParams(form) });

  api = (method: string, path: string, body: unknown, token: string) =>
    this.#ask(`/api/v1${path}`, {
      method,
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: {
        "Content-Type": "application/json",
        Authorization: `Bearer ${token}`,
        "Idempotency-Key": `canary-${path}-${Date.now()}`,
      },
    });

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set("Origin", this.world.url);
    headers.set("Cookie", [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    try {
      const answer = await fetch(new URL(path, this.world.url), { ...init, headers, redirect: "manual" });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
        this.#cookies.set(name!, value!);
      }
      return { status: answer.status, to: answer.headers.get("location") ?? "", body: await answer.text() };
    } catch {
      // The process behind it was killed on purpose.
      return { status: 0, to: "", body: "" };
    }
  }

  /** From the number to a name, with the code from the simulator. */
  async signIn(phone: string, typed: string, name: string): Promise<void> {
    await this.post("/sign-in", { phone: typed });
    const code = await this.world.until("the code has come", () => this.#code(phone), 30);
    await this.post("/sign-in/code", { code });
    await this.post("/sign-in/name", { name });
  }

  async #code(phone: string): Promise<string | undefined> {
    const { phones } = JSON.parse((await this.get("/dev/phones.json")).body) as {
      phones: { phone: string; texts: { body: string }[] }[];
    };
    const texts = phones.find((one) => one.phone === phone)?.texts ?? [];
    return texts.map(({ body }) => /#(\d{6})/.exec(body)?.[1]).findLast(Boolean);
  }
}
