import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { moveClock } from "#app/core/clock.server.ts";
import { seed } from "#db/seed.server.ts";
import { aMember } from "#tests/factories.ts";
import { makeWorld, type World } from "./world.ts";

/**
 * A whole need by text alone, in Spanish: nobody in this story opens a page. Every text goes through the simulator's
 * signed webhooks, and only what a phone shows is looked at.
 */
let world: World;
let ana: TextPhone;
const groupPhones: TextPhone[] = [];
let code: string;
let helper: TextPhone;

/** A phone that can do nothing but text. */
class TextPhone {
  #read = 0;

  constructor(readonly number: string) {}

  async say(words: string): Promise<void> {
    const form = new URLSearchParams({ do: "text", phone: this.number, body: words });
    const headers = { origin: world.url };
    const answer = await fetch(`${world.url}/dev/phones`, { method: "POST", body: form, headers, redirect: "manual" });
    expect(answer.status).toBe(303);
  }

  async texts(): Promise<string[]> {
    const answer = await fetch(`${world.url}/dev/phones.json`);
    const { phones } = (await answer.json()) as {
      phones: { phone: string; texts: { body: string; direction: string }[] }[];
    };
    const own = phones.find(({ phone }) => phone === this.number);
    return own?.texts.filter(({ direction }) => direction !== "inbound").map(({ body }) => body) ?? [];
  }

  /** The next text that says so and was not read yet. */
  async reads(saying: RegExp, seconds = 30): Promise<string> {
    return world.until(
      `${this.number} reads ${String(saying)}`,
      async () => {
        const texts = await this.texts();
        const at = texts.findIndex((body, n) => n >= this.#read && saying.test(body));
        if (at < 0) return null;
        this.#read = at + 1;
        return texts[at];
      },
      seconds,
    );
  }
}

/** Both processes follow the clock within about a second. */
const hoursLater = async (hours: number) => {
  await moveClock(world.db, Math.round(hours * 3600));
  await new Promise((resume) => setTimeout(resume, 1_500));
};

beforeAll(async () => {
  world = await makeWorld(inject("server"), inject("template"));
  await seed(world.ctx());
  await world.sql`alter table people alter quiet_from set default 0, alter quiet_to set default 0`;
  await world.sql`update people set quiet_from = 0, quiet_to = 0`;
  ana = new TextPhone("+15550107101");
  const [comfort] = await world.sql<{ id: string }[]>`select id from groups where slug = 'comfort'`;
  // Enough that the first wave does not reach everybody.
  for (let n = 0; n < 40; n++) await aMember(world.ctx(), comfort!.id);
  const members = await world.sql<{ id: string; phone_sealed: string }[]>`
    select p.id, p.phone_sealed from people p join memberships m on m.person_id = p.id
    join groups g on g.id = m.group_id where g.slug = 'comfort' and m.state = 'active'`;
  for (const { id, phone_sealed: sealed } of members) {
    groupPhones.push(new TextPhone(world.seal.open(sealed, { table: "people", column: "phone_sealed", row: id })));
  }
});
afterAll(async () => {
  if (process.env["SHOW"]) console.log(await ana.texts(), await helper?.texts());
  await world?.stop();
});

test("a need is asked for in a conversation, and its receipt has a code", async () => {
  await ana.say("Necesito 6 cobijas");
  for (let step = 0; step < 6; step += 1) {
    const question = await ana.reads(/\?|ENVIAR/);
    if (/ENVIAR/.test(question)) break;
    if (/se parece/.test(question)) await ana.say("1");
    else if (/Cuántos|cantidad|Cuantos/i.test(question)) await ana.say("6");
    else if (/cuándo|cuando/i.test(question)) await ana.say("2");
    else if (/Dónde|Donde/i.test(question)) await ana.say("Parque Maple");
    else throw new Error(`nobody expected: ${question}`);
  }
  await ana.say("enviar");
  const receipt = await ana.reads(/recibimos tu pedido/);
  code = /pedido ([2-9A-Z]{4,6})/.exec(receipt)![1]!;
  const [post] = await world.sql`select title, quantity, place, status from posts where code = ${code}`;
  expect(post).toMatchObject({ quantity: 6, place: "Parque Maple", status: "open" });
});

test("nobody of the first wave answers; somebody of the second takes a part", async () => {
  const [need] = await world.sql<{ id: string }[]>`select id from posts where code = ${code}`;
  const asked = async (wave: number) => {
    const rows = await world.sql<{ id: string; phone_sealed: string }[]>`
      select p.id, p.phone_sealed from asks a join people p on p.id = a.person_id
      where a.post_id = ${need!.id} and a.wave = ${wave}`;
    return rows.map(({ id, phone_sealed: sealed }) =>
      world.seal.open(sealed, { table: "people", column: "phone_sealed", row: id }),
    );
  };
  const first = await world.until("the first wave", async () => ((await asked(1)).length > 0 ? asked(1) : null), 30);
  expect(first.length).toBeLessThan(groupPhones.length);
  for (const number of first) await phoneOf(number).reads(new RegExp(`CLAIM ${code}|TOMO ${code}`));

  await hoursLater(0.4);
  const second = await world.until("the second wave", async () => ((await asked(2)).length > 0 ? asked(2) : null), 30);
  expect(second.filter((number) => first.includes(number))).toEqual([]);
  helper = phoneOf(second[0]!);
  await helper.say("LANG ES");
  await helper.reads(/te escribimos en español|te escribimos en espanol/);
  await helper.say(`tomo ${code} 4`);
  expect(await helper.reads(new RegExp(`SOLTAR ${code}`))).toMatch(/4/);
  const told = await ana.reads(/traerá|traera/);
  expect(told).toContain("4");
  expect(told).toContain(code);
  expect(told).toMatch(/Faltan 2/);
});

test("both write to each other and see no number", async () => {
  await helper.say(`@${code} Llego a las 6, mi número es ${helper.number.replace("+1", "")}`);
  const first = await ana.reads(/Llego a las 6/);
  await ana.say("Gracias! Estoy junto a la fuente, ana@example.org");
  const second = await helper.reads(/junto a la fuente/);
  for (const body of [...(await ana.texts()), ...(await helper.texts())]) {
    expect(body).not.toContain(helper.number.slice(-7));
    expect(body).not.toContain(ana.number.slice(-7));
    expect(body).not.toContain("ana@example.org");
  }
  expect(first).toContain(code);
  expect(second).toContain(code);
});

test("on the way, done, confirmed, thanked", async () => {
  await helper.say(`voy ${code}`);
  await ana.reads(/va en camino/);
  await helper.say(`listo ${code}`);
  await ana.reads(/RECIBI/);
  await hoursLater(2.2);
  await ana.reads(/recibiste/);
  await ana.say("1");
  await ana.reads(/gracias/i);
  const [claim] = await world.sql`
    select c.status, c.quantity from claims c join posts p on p.id = c.post_id where p.code = ${code}`;
  expect(claim).toMatchObject({ status: "confirmed", quantity: 4 });
  await helper.reads(new RegExp(`recibieron 4 cobijas para ${code}`));
});

test("the rest is covered, and who was asked and did not answer is thanked once", async () => {
  const [need] = await world.sql<{ id: string }[]>`select id from posts where code = ${code}`;
  const [last] = await world.sql<{ id: string; phone_sealed: string }[]>`
    select p.id, p.phone_sealed from asks a join people p on p.id = a.person_id
    where a.post_id = ${need!.id} and a.answered_at is null order by a.wave desc limit 1`;
  const other = phoneOf(
    world.seal.open(last!.phone_sealed, { table: "people", column: "phone_sealed", row: last!.id }),
  );
  await other.say(`claim ${code}`);
  await ana.reads(/cubierto/);
  await hoursLater(0.5);
  const waiting = await world.sql<{ id: string; phone_sealed: string }[]>`
    select p.id, p.phone_sealed from asks a join people p on p.id = a.person_id
    where a.post_id = ${need!.id} and a.answered_at is null`;
  expect(waiting.length).toBeGreaterThan(0);
  for (const { id, phone_sealed: sealed } of waiting) {
    const phone = phoneOf(world.seal.open(sealed, { table: "people", column: "phone_sealed", row: id }));
    expect(await phone.reads(/covered|cubierto|مغط|اكتمل/, 60)).toContain(code);
  }
});

function phoneOf(number: string): TextPhone {
  const known = groupPhones.find((phone) => phone.number === number);
  if (!known) throw new Error("somebody outside the group was asked");
  return known;
}
