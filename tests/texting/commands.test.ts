import { expect, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { aCategory, aField, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { after, aTextingPhone, newSid } from "./phone.ts";

const ctx = testCtx();

/** A group with one category, somebody's need in it, and a neighbour's phone. */
async function aNeed(given: Partial<Parameters<typeof aPost>[1]> = {}, locale: Locale = "en") {
  const group = await aGroup(ctx, { name: "Comfort", translations: { es: { name: "Abrigo" } } });
  const category = await aCategory(ctx, group.id, {
    name: "Blankets",
    unit: "blankets",
    unitOne: "blanket",
    translations: { es: { name: "Cobijas", unit: "cobijas", unit_one: "cobija" } },
  });
  const author = await aPerson(ctx, { locale });
  const post = await aPost(ctx, {
    groupId: group.id,
    categoryId: category.id,
    authorId: author.id,
    title: "Blankets for the night",
    quantity: 20,
    place: "Maple Park",
    ...given,
  });
  const person = await aPerson(ctx, { locale });
  const phone = aTextingPhone(ctx, person.phone);
  return { group, category, author, post, person, phone, requester: aTextingPhone(ctx, author.phone) };
}

const claimsOn = (postId: string) => ctx.db.sql<
  { status: string; quantity: number; deliveredQuantity: number | null }[]
>`
  select status, quantity, delivered_quantity as "deliveredQuantity" from claims where post_id = ${postId}::uuid order by quantity`;

const WORDS = {
  en: {
    claim: "CLAIM",
    way: "on my way",
    done: "DONE",
    drop: "drop",
    got: "GOT",
    close: "close",
    more: "more",
    status: "status",
  },
  es: {
    claim: "tomo",
    way: "voy",
    done: "listo",
    drop: "soltar",
    got: "recibí",
    close: "cerrar",
    more: "más",
    status: "estado",
  },
} as const;

test.each(["en", "es"] as const)("%s: claim part, on the way, done with less, got it", async (locale) => {
  const { post, phone, requester } = await aNeed({}, locale);
  const say = WORDS[locale];
  const [taken, ...rest] = await phone.says(`${say.claim} ${post.code} 12`);
  expect(rest).toEqual([]);
  expect(taken).toContain(locale === "en" ? "12 blankets" : "12 cobijas");
  expect(taken).toContain(`@${post.code}`);
  expect(await claimsOn(post.id)).toMatchObject([{ status: "promised", quantity: 12 }]);
  await requester.hears();
  expect((await phone.says(say.way))[0]).toContain(post.code);
  expect(await requester.hears()).toHaveLength(1);
  expect(await claimsOn(post.id)).toMatchObject([{ status: "on_the_way" }]);
  const [thanks] = await phone.says(`${say.done} ${post.code} 10`);
  expect(thanks).toContain(locale === "en" ? "10 blankets" : "10 cobijas");
  expect(await claimsOn(post.id)).toMatchObject([{ status: "delivered", deliveredQuantity: 10 }]);
  expect((await requester.says(`${say.got} ${post.code}`)).join()).toContain(post.code);
  expect(await claimsOn(post.id)).toMatchObject([{ status: "confirmed" }]);
});

test.each(["en", "es"] as const)("%s: drop, status, close", async (locale) => {
  const { post, phone, requester } = await aNeed({}, locale);
  const say = WORDS[locale];
  await phone.says(`${say.claim} ${post.code}`);
  expect((await phone.says(say.status)).join()).toContain(post.code);
  expect((await phone.says(`${say.drop} ${post.code}`))[0]).toContain(
    locale === "en" ? "that is fine" : "esta bien".slice(1),
  );
  expect(await claimsOn(post.id)).toMatchObject([{ status: "released" }]);
  await requester.hears();
  expect((await requester.says(say.status)).join()).toMatch(
    locale === "en" ? /Yours: .*is open/ : /Lo tuyo: .*abierto/,
  );
  expect((await requester.says(say.close))[0]).toContain(post.code);
  expect((await phone.says(`${say.claim} ${post.code}`))[0]).toContain(locale === "en" ? "is closed" : "cerrado");
});

test("LIST by words, a number takes one, MORE pages; the number is of what they see", async () => {
  const { group, phone, post, category } = await aNeed({ title: "Zebra tents" });
  const others = [];
  for (let n = 0; n < 4; n += 1) {
    others.push(
      await aPost(after(ctx, n + 1), {
        groupId: group.id,
        categoryId: category.id,
        title: `Zebra socks ${n}`,
        quantity: 2,
      }),
    );
  }
  const [first] = await phone.says("LIST zebra");
  console.log(
    first,
    others.map((o) => o.code),
  );
  expect(first).toContain(`1) ${post.code} Zebra tents, 20 blankets, Maple Park.`);
  expect(first).toContain("MORE: others");
  const [second] = await phone.says("more");
  expect(second).toContain(others[2]!.code);
  expect(second).not.toContain("MORE");
  const [taken] = await phone.says("2");
  expect(taken).toContain(`2 blankets for ${others[3]!.code}`);
  expect((await phone.says("LIST giraffes"))[0]).toContain('nothing is open for "giraffes"');
  expect((await phone.says("lista zebra"))[0]).toContain("Responde el");
});

test("two CLAIMs at once: one winner, the other hears of others that fit and can wait in line", async () => {
  const { group, post, phone } = await aNeed({ quantity: 1, urgency: "urgent" });
  const other = await aPost(ctx, { groupId: group.id, title: "Warm soup", urgency: "urgent" });
  const second = aTextingPhone(ctx, (await aPerson(ctx)).phone);
  const heard = await Promise.all([phone.says(`CLAIM ${post.code}`), second.says(`CLAIM ${post.code}`)]);
  const late = [...(await phone.hears()), ...(await second.hears()), ...heard.flat()];
  expect(await claimsOn(post.id)).toHaveLength(1);
  const loser = late.filter((body) => body.includes("is covered now"));
  expect(loser).toHaveLength(1);
  expect(loser[0]).toContain(other.code);
  expect(loser[0]).toContain(`NEXT ${post.code}`);
});

test("less is left than they want: how many, and how to take them", async () => {
  const { post, phone, person } = await aNeed();
  const first = await signedInAs(ctx, await aPerson(ctx));
  await claimPost(first, {
    code: post.code,
    quantity: 15,
    eta: null,
    note: null,
    offerCode: null,
    idempotencyKey: "a",
  });
  expect((await phone.says(`CLAIM ${post.code} 9`))[0]).toBe(
    `Only 5 left for ${post.code}. Text CLAIM ${post.code} 5 to take what is left.`,
  );
  expect(person.id).not.toBe(first.person.id);
});

test("MORE: the address only for who promised, and the look is recorded", async () => {
  const { post, phone } = await aNeed({ address: "12 Oak Street, door B", details: "For eleven children" });
  const [before] = await phone.says(`MORE ${post.code}`);
  expect(before).toContain("For eleven children");
  expect(before).not.toContain("Oak");
  await phone.says(`claim ${post.code}`);
  expect((await phone.says(post.code.toLowerCase())).join()).toContain("12 Oak Street, door B");
  const looks = await ctx.db.sql`select 1 from events where post_id = ${post.id}::uuid and type = 'contact.seen'`;
  expect(looks).toHaveLength(1);
});

test("MORE: no address for whom no coordinator knows yet, and they are told so", async () => {
  const { post, phone, person } = await aNeed({ address: "12 Oak Street, door B" });
  await ctx.db.sql`update people set vouched_at = null where id = ${person.id}::uuid`;
  await phone.says(`claim ${post.code}`);
  const said = (await phone.says(`MORE ${post.code}`)).join();
  expect(said).not.toContain("Oak");
  expect(said).toContain("once a coordinator");
  expect(await ctx.db.sql`select 1 from events where post_id = ${post.id}::uuid and type = 'contact.seen'`).toEqual([]);
});

test("MORE: what has to fit is said to those who help, and to no stranger", async () => {
  const { category, group, post, phone, person } = await aNeed({
    details: "For a family.",
    answers: { size: ["big"] },
  });
  const size = aField("size", ["big"], { label: "Size", options: [{ key: "big", label: "Big", translations: {} }] });
  await ctx.db.sql`update categories set fields = ${ctx.db.sql.json([size])} where id = ${category.id}::uuid`;
  expect((await phone.says(`MORE ${post.code}`)).join()).not.toContain("Size");
  await aMember(ctx, group.id, { personId: person.id });
  expect((await phone.says(`MORE ${post.code}`)).join()).toContain("Size: Big. For a family.");
});

test("a code alone is MORE, also one of letters only", async () => {
  const { post, phone } = await aNeed();
  const code = "KQRW";
  await ctx.db.sql`update posts set code = ${code} where id = ${post.id}::uuid`;
  expect((await phone.says(code.toLowerCase()))[0]).toContain(`Text CLAIM ${code} to take it`);
  expect((await phone.says("hmmm"))[0]).toContain("a person will read");
});

test("without a code and with several promises it asks which, and keeps the words", async () => {
  const one = await aNeed();
  const two = await aNeed();
  await one.phone.says(`CLAIM ${one.post.code} 5`);
  await one.phone.says(`CLAIM ${two.post.code} 6`);
  const [asked] = await one.phone.says("DONE");
  expect(asked).toMatch(/^Which one\?/);
  expect(asked).toContain(one.post.code);
  expect((await claimsOn(one.post.id))[0]!.status).toBe("promised");
  expect((await one.phone.says(two.post.code))[0]).toContain("6 blankets");
  expect((await claimsOn(two.post.id))[0]!.status).toBe("delivered");
});

test("several deliveries: GOT asks which one came", async () => {
  const { post, requester } = await aNeed();
  for (const quantity of [3, 4]) {
    const claimer = await signedInAs(ctx, await aPerson(ctx));
    const claim = await claimPost(claimer, {
      code: post.code,
      quantity,
      eta: null,
      note: null,
      offerCode: null,
      idempotencyKey: newSid(),
    });
    await deliverClaim(claimer, { id: claim.id, quantity: null });
  }
  await requester.hears();
  expect((await requester.says("GOT")).join()).toMatch(/1\) [34] blankets 2\) [34] blankets/);
  await requester.says("2");
  const states = (await claimsOn(post.id)).map(({ status }) => status);
  expect(states.toSorted()).toEqual(["confirmed", "delivered"]);
});

test("PAUSE, LANG, MENU", async () => {
  const { person, phone } = await aNeed();
  expect((await phone.says("PAUSE 3"))[0]).toContain("no alerts for 3 days");
  const read = async () =>
    (await ctx.db.sql`select locale, paused_until from people where id = ${person.id}::uuid`)[0]!;
  expect((await read())["paused_until"].getTime()).toBe(ctx.now.getTime() + 3 * 86_400_000);
  expect((await phone.says("PAUSA 0"))[0]).toContain("ya te llegan");
  expect((await read())["paused_until"]).toBeNull();
  expect((await phone.says("español"))[0]).toContain("en español");
  expect((await read())["locale"]).toBe("es");
  expect((await phone.says("ayuda"))[0]).toContain("NECESITO");
});

test("codes nobody knows, my own post, no promise: each has its answer", async () => {
  const { post, phone, requester } = await aNeed();
  expect((await phone.says("CLAIM 22ZZ"))[0]).toContain("we know no 22ZZ");
  expect((await requester.says(`CLAIM ${post.code}`)).join()).toContain("your own post");
  expect((await phone.says("WAY"))[0]).toContain("no open promise");
  expect((await phone.says(`CLOSE ${post.code}`))[0]).toContain("not a post of yours");
});
