import { describe, expect, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { deliver } from "#app/notifications/deliver.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import type { SendSms } from "#app/sms/sms.ts";
import { aGroup, aMember, aNewPost, aPerson, aPhone, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";
import { anOutboxText } from "./rows.ts";

const ctx = testCtx({ now: new Date("2026-11-20T12:00:00Z") });
const { sql } = testDb();

/** A provider that takes everything, and what it was handed for one number. */
function provider(phone: string) {
  const bodies: string[] = [];
  const sendSms: SendSms = async ({ to, body }) => {
    if (to === phone) bodies.push(body);
    return { kind: "accepted", sid: `SM${crypto.randomUUID().replaceAll("-", "")}`, status: "queued" };
  };
  return { bodies, sendSms };
}

describe("all texts to one number in a day", () => {
  const owed = async (personId: string, kinds: { lane: number; n: number }[]) => {
    for (const { lane, n } of kinds)
      for (let i = 0; i < n; i++)
        await anOutboxText(ctx, personId, { lane, template: lane === 0 ? "sign_in_code" : "claimed" });
  };
  const send = (as: typeof ctx, sendSms: SendSms) =>
    Promise.all(["one", "two", "three"].map((worker) => deliver(as, { sendSms, worker })));

  test("are at most sixty of all kinds together, with three workers at once; alerts stop first", async () => {
    const person = await aPerson(ctx);
    const { bodies, sendSms } = provider(person.phone);
    await owed(person.id, [{ lane: 9, n: 40 }]);
    await send(ctx, sendSms);
    expect(bodies).toHaveLength(30);
    await owed(person.id, [{ lane: 5, n: 40 }]);
    await send(ctx, sendSms);
    expect(bodies).toHaveLength(45);
    await owed(person.id, [
      { lane: 1, n: 10 },
      { lane: 0, n: 40 },
    ]);
    await send(ctx, sendSms);
    expect(bodies).toHaveLength(60);
    const stopped = await sql`
      select count(*)::int as n from outbox
      where person_id = ${person.id}::uuid and state = 'suppressed' and error_code = 'day_cap'`;
    expect(stopped[0]!["n"]).toBe(70);
    await anOutboxText(ctx, person.id, { lane: 1, template: "opted_out" });
    await send(ctx, sendSms);
    expect(bodies).toHaveLength(61);
  });

  test("begin anew the next day, and a text that is tried again counts once", async () => {
    const person = await aPerson(ctx);
    const { bodies, sendSms } = provider(person.phone);
    await sql`insert into text_days (phone_lookup, day, sent) values (${person.phoneLookup}, '2026-11-20', 60)`;
    await owed(person.id, [{ lane: 1, n: 1 }]);
    await send(ctx, sendSms);
    expect(bodies).toHaveLength(0);
    const tomorrow = testCtx({ now: new Date("2026-11-21T00:30:00Z") });
    await anOutboxText(tomorrow, person.id, { lane: 1 });
    await sql`update outbox set attempts = 3 where person_id = ${person.id}::uuid and state = 'queued'`;
    await send(tomorrow, sendSms);
    expect(bodies).toHaveLength(1);
    const days = await sql`select day::text, sent from text_days where phone_lookup = ${person.phoneLookup}`;
    expect(days).toEqual([{ day: "2026-11-20", sent: 60 }]);
  });
});

describe("somebody whose texts say nothing", () => {
  const TELLING = /soup|oak|kitchen|zola|help|need|item|promise|bring/i;

  async function told(discreet: boolean) {
    const group = await aGroup(ctx, { name: "Kitchen" });
    const phone = aPhone();
    const post = await publishPost(
      ctx,
      aNewPost({
        kind: "need",
        groupId: group.id,
        title: "Soup",
        place: "Oak Park",
        contact: { name: null, phone, email: null, discreet },
      }),
    );
    const zola = await signedInAs(ctx, await aMember(ctx, group.id, { name: "Zola" }));
    const claim = { code: post.code, quantity: null, eta: null, note: null, offerCode: null };
    await claimPost(zola, { ...claim, idempotencyKey: crypto.randomUUID() });
    await fanOut(ctx);
    const { bodies, sendSms } = provider(phone);
    await deliver(ctx, { sendSms, worker: "w" });
    return { phone, post, bodies };
  }

  test("gets a link and no word of what, where, who", async () => {
    const { post, bodies } = await told(true);
    expect(bodies).toHaveLength(2);
    for (const body of bodies) {
      expect(body.replace(/ ?Reply STOP.*| ?http\S+/gi, "")).not.toMatch(TELLING);
      expect(body.split("http")[0]).not.toContain(post.code);
      expect(body).toContain(`${ctx.publicUrl}/m/${post.manageToken}`);
    }
  });

  test("is told all where they did not ask for that", async () => {
    const { bodies } = await told(false);
    expect(bodies.join(" ")).toMatch(/zola will bring 1 item/i);
  });

  test("still gets codes as they are, and a stranger's form cannot undo it", async () => {
    const { phone } = await told(true);
    const group = await aGroup(ctx);
    await aPost(ctx, { groupId: group.id, contact: { name: null, phone, email: null, discreet: false } });
    const [row] = await sql`select discreet from people where phone_lookup = ${ctx.seal.lookup("phone", phone)}`;
    expect(row).toEqual({ discreet: true });
    await startSignIn(ctx, { phone });
    await fanOut(ctx);
    const { bodies, sendSms } = provider(phone);
    await deliver(ctx, { sendSms, worker: "w" });
    expect(bodies.some((body) => /\d{6}/.test(body))).toBe(true);
  });
});
