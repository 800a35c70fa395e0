import { describe, expect, it } from "vitest";
import { editPost } from "#app/posts/edit-post.server.ts";
import { findPlace, knownPlaces } from "#app/posts/known-places.server.ts";
import { listPlaces, removePlace, savePlace } from "#app/posts/keep-places.server.ts";
import { PlaceInput } from "#app/posts/places-input.ts";
import { snapToGrid } from "#app/posts/post.ts";
import { aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
const spotOf = async (id: string) => (await sql`select lat, lng from posts where id = ${id}::uuid`)[0];
let named = 0;
/** No other test's place. */
const aName = () => `Plaza Ñandú ${process.pid} ${++named}`;
const at = { lat: 42.3391, lng: -83.0218 };

async function aRoom() {
  const group = await aGroup(ctx);
  const lead = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  return { group, lead };
}

describe("a place with a name", () => {
  it("puts whoever writes it on the map, whatever accents and capitals they use", async () => {
    const { group, lead } = await aRoom();
    const name = aName();
    await savePlace(lead, { name, at });
    const typed = ` ${name.toUpperCase().replace("Ñ", "n").replace("Ú", "u")} `;
    const post = await aPost(ctx, { groupId: group.id, place: typed, lat: null, lng: null });
    expect(await spotOf(post.id)).toEqual(snapToGrid(at));
    const elsewhere = await aPost(ctx, { groupId: group.id, place: aName(), lat: null, lng: null });
    expect(await spotOf(elsewhere.id)).toEqual({ lat: null, lng: null });
  });

  it("does not move a post that says where it is", async () => {
    const { group, lead } = await aRoom();
    const name = aName();
    await savePlace(lead, { name, at });
    const post = await aPost(ctx, { groupId: group.id, place: name, lat: 40.7, lng: -73.9 });
    expect(await spotOf(post.id)).toEqual(snapToGrid({ lat: 40.7, lng: -73.9 }));
  });

  it("moves a post whose place is edited, and only then; to nowhere where nobody knows it", async () => {
    const { group, lead } = await aRoom();
    const [name, unknown] = [aName(), aName()];
    await savePlace(lead, { name, at });
    const post = await aPost(ctx, { groupId: group.id, place: "Here", lat: 40.7, lng: -73.9 });
    const edit = (changes: object) => editPost(ctx, { token: post.manageToken, changes });
    await edit({ place: "Here", title: "Same place" });
    expect(await spotOf(post.id)).toEqual(snapToGrid({ lat: 40.7, lng: -73.9 }));
    await edit({ place: name });
    expect(await spotOf(post.id)).toEqual(snapToGrid(at));
    await edit({ place: unknown });
    expect(await spotOf(post.id)).toEqual({ lat: null, lng: null });
  });

  it("is one place however it is written, moved when saved again, gone when removed", async () => {
    const { lead } = await aRoom();
    const name = aName();
    await savePlace(lead, { name: name.toLowerCase(), at });
    await savePlace(lead, { name, at: { lat: 41, lng: -80 } });
    const kept = (await listPlaces(lead)).filter((place) => place.name.toLowerCase() === name.toLowerCase());
    expect(kept).toMatchObject([{ name, ...snapToGrid({ lat: 41, lng: -80 }) }]);
    await removePlace(lead, kept[0]!.id);
    await removePlace(lead, kept[0]!.id);
    expect(await findPlace(ctx, name)).toBeNull();
  });

  it("is also what neighbours named with coordinates; what coordinators wrote wins", async () => {
    const { group, lead } = await aRoom();
    const name = aName();
    await aPost(ctx, { groupId: group.id, place: name, lat: 40.7, lng: -73.9 });
    expect(await findPlace(ctx, name)).toMatchObject(snapToGrid({ lat: 40.7, lng: -73.9 }));
    await savePlace(lead, { name, at });
    expect(await findPlace(ctx, name)).toMatchObject(snapToGrid(at));
    expect((await knownPlaces(ctx)).filter((place) => place.name === name)).toHaveLength(1);
  });

  it("is for coordinators to keep", async () => {
    const { group } = await aRoom();
    const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
    await expect(savePlace(volunteer, { name: aName(), at })).rejects.toMatchObject({ kind: "not-allowed" });
    await expect(listPlaces(volunteer)).rejects.toMatchObject({ kind: "not-allowed" });
    await expect(removePlace(volunteer, crypto.randomUUID())).rejects.toMatchObject({ kind: "not-allowed" });
  });
});

describe("what is typed for it", () => {
  it.each([
    ["42.3391, -83.0218", { lat: 42.3391, lng: -83.0218 }],
    ["42.3391 -83.0218", { lat: 42.3391, lng: -83.0218 }],
    [" 42.3391°; -83.0218° ", { lat: 42.3391, lng: -83.0218 }],
    ["0,0", { lat: 0, lng: 0 }],
  ])("%s", (typed, expected) => {
    expect(PlaceInput.parse({ name: "Park", at: typed }).at).toEqual(expected);
  });

  it.each(["", "Maple Park", "91, 0", "0, 181", "42.3391", "1, 2, 3", "https://maps.example/1,2"])(
    "not %s",
    (typed) => {
      expect(PlaceInput.safeParse({ name: "Park", at: typed }).success).toBe(false);
    },
  );
});
