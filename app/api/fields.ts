import { z } from "zod";
import { LOCALES } from "#app/i18n/locales.ts";
import { LIMITS } from "#app/posts/post-input.ts";
import { or } from "./bad-input.ts";

/** PostgreSQL keeps no NUL, UTF-8 no lone surrogate; other control characters are never meant. */
const UNKEEPABLE = /[^\P{Cc}\n\r\t]|\p{Cs}/u;

const keepable = (text: string) => !UNKEEPABLE.test(text);

/** Text a person wrote, without spaces at its ends. */
export const words = (max: number) => z.string().trim().min(1).max(max).refine(keepable, or("characters"));

/** The same where nothing may be said: empty words count as null. */
export const maybeWords = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine(keepable, or("characters"))
    .transform((text) => text || null);

const FIRST_YEAR = Date.UTC(2000, 0);
const LAST_YEAR = Date.UTC(2200, 0);

/** A moment as ISO 8601 with an offset: `2026-11-22T18:00:00-05:00`. */
export const moment = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= FIRST_YEAR && Date.parse(text) < LAST_YEAR, or("written"))
  .transform((text) => new Date(text));

/** A moment, or a day, which means its first moment in UTC. */
export const dayOrMoment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .refine((text) => Date.parse(text) >= FIRST_YEAR && Date.parse(text) < LAST_YEAR, or("written"))
  .transform((text) => new Date(text));

export const quantity = z.int().min(1).max(LIMITS.quantity);
export const slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9-]+$/);
export const locale = z.enum(LOCALES);
/** A language tag (BCP 47) such as `es` or `zh-Hant`. */
export const language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

/** A post's code as people type it; letters of either case. */
export const code = z
  .string()
  .regex(/^[A-Za-z0-9]{4,8}$/)
  .transform((text) => text.toUpperCase());
export const uuid = z.guid();

/** A moment in an answer. */
export const at = z.iso.datetime({ offset: true });
export const limit = z.coerce.number().int().min(1).max(100).default(20);
export const cursor = z.string().min(1).max(200);
