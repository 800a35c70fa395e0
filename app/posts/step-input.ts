import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import { parsePhone, westernDigits } from "#app/people/phone.server.ts";
import type { Step } from "#app/posts/answers.ts";
import { NewPostFields } from "#app/posts/post-input.ts";

const say = (id: MessageId) => ({ error: id });

/** How many, from whatever was typed: any digits, "1,000" or "1.000"; an empty field means one. */
export const Quantity = z
  .string()
  .default("1")
  .transform((text) => Number(westernDigits(text).replace(/\s|[,.٬](?=\d{3}(\D|$))/g, "") || "1"))
  .pipe(NewPostFields.quantity);

const Title = z.union([z.literal("").transform(() => ""), NewPostFields.title], say("posts.error.too_long"));

/** What each screen takes, its messages being ids of the catalogues. `know` is true when we can reach them already. */
export const stepInput = (step: Step, know: boolean) => {
  switch (step) {
    case "what":
      return z.object({
        what: z.string(say("posts.error.what")).regex(/^[\w-]+\/[\w-]*$/, say("posts.error.what")),
        title: Title.default(""),
        details: NewPostFields.details.default(null),
        quantity: Quantity,
      });
    case "when":
      return z.object({
        when: z.enum(["today", "days", "open"], say("posts.error.when")),
        place: NewPostFields.place.default(null),
        address: NewPostFields.address.default(null),
        privateNote: NewPostFields.privateNote.default(null),
      });
    case "reach":
      return z
        .object({
          phone: z.string().default(""),
          noPhone: z.string().default(""),
          name: NewPostFields.name.default(null),
          discreet: z.string().default(""),
          textLocale: z.enum(LOCALES, say("posts.error.language")),
        })
        .superRefine(({ phone, noPhone }, issues) => {
          if (!phone.trim() && (noPhone || know)) return;
          if (parsePhone(phone)) return;
          issues.addIssue({ code: "custom", path: ["phone"], message: "posts.error.phone" satisfies MessageId });
        });
    case "check":
      return z.object({ visibility: NewPostFields.visibility });
  }
};
