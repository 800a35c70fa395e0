import type { z } from "zod";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import type { ProblemKind } from "#app/core/problems.ts";
import type { Locale } from "#app/i18n/locales.ts";

export type Method = "GET" | "POST" | "PATCH";

/** `optional`: visitors may call it, and people who sign in may see more. A token that is given is always checked. */
export type Auth = "optional" | "required";

/** What a request brings beside its context: the language to answer in and the caller's network address, for limits. */
type FromRequest = { locale: Locale; address: string };
export type ApiCtx<A extends Auth = "optional"> = (A extends "required" ? PersonCtx : Ctx) & FromRequest;

type Shape = z.ZodType | undefined;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Answers = Readonly<Record<number, z.ZodType>>;

/** One of the documented answers: its status and a body of the shape that the document promises for it. */
type Answer<R extends Answers> = {
  [S in keyof R & number]: { status: S; body: z.input<R[S]>; headers?: Record<string, string> };
}[keyof R & number];

type Input<P extends Shape, Q extends Shape, B extends Shape> = {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  /** As sent in `Idempotency-Key`; null when there was none or the operation has no use for one. */
  idempotencyKey: string | null;
};

type Facts = {
  id: string;
  method: Method;
  /** Below `/api/v1`, parameters in braces. */
  path: string;
  summary: string;
  description?: string;
  takesIdempotencyKey?: boolean;
  /** What may go wrong beyond what the router itself answers. */
  problems: readonly ProblemKind[];
};

type Spec<A extends Auth, P extends Shape, Q extends Shape, B extends Shape, R extends Answers> = Facts & {
  auth: A;
  params?: P;
  query?: Q;
  body?: B;
  answers: R;
  handle(ctx: ApiCtx<A>, input: Input<P, Q, B>): Promise<Answer<NoInfer<R>>>;
};

/** An operation as router and document see it. */
export type Operation = Facts & {
  auth: Auth;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  answers: Answers;
  handle(
    ctx: ApiCtx<Auth>,
    input: { params: unknown; query: unknown; body: unknown; idempotencyKey: string | null },
  ): Promise<{ status: number; body: unknown; headers?: Record<string, string> }>;
};

/**
 * One operation of the API: who may call it, the schemas that parse its requests and describe its answers, and what it
 * does. The router runs it and the OpenAPI document is written from it, so the two cannot disagree.
 */
export function operation<
  const A extends Auth,
  const R extends Answers,
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
>(spec: Spec<A, P, Q, B, R>): Operation {
  return spec as unknown as Operation;
}
