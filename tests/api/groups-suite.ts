import { describe, expect, it } from "vitest";
import { aCategory, aGroup, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { call, kindOf } from "./harness.ts";

const find = (items: { slug: string }[], slug: string) => items.find((item) => item.slug === slug);

export function groupsSuite(): void {
  describe("GET /groups", () => {
    it("lists groups with categories and counts, in the language that was asked for", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx, { name: "Kitchen", translations: { es: { name: "Cocina" } } });
      const category = await aCategory(ctx, group.id, { unit: "meals", translations: { es: { unit: "comidas" } } });
      await aPost(ctx, { groupId: group.id, categoryId: category.id });

      const english = await call("GET /groups", "/groups");
      expect(find(english.body.items, group.slug)).toMatchObject({
        name: "Kitchen",
        categories: [{ slug: category.slug, unit: "meals" }],
        open_needs: 1,
        open_offers: 0,
      });
      const spanish = await call("GET /groups", "/groups", { headers: { "Accept-Language": "es-MX,en;q=0.5" } });
      expect(find(spanish.body.items, group.slug)).toMatchObject({ name: "Cocina", categories: [{ unit: "comidas" }] });
      expect(spanish.headers.get("content-language")).toBe("es");
    });

    it("refuses a parameter nobody knows, in words", async () => {
      const answer = await call("GET /groups", "/groups?grup=kitchen", { headers: { "Accept-Language": "es" } });
      expect([answer.status, kindOf(answer)]).toEqual([422, "invalid-input"]);
      expect(answer.body.errors).toEqual([{ parameter: "grup", detail: expect.stringContaining("campo") }]);
    });
  });
}
