import type { Env } from "#app/core/env.server.ts";

/**
 * Headers of every page. `Referrer-Policy: same-origin`, not `no-referrer`: the latter makes browsers send
 * `Origin: null` with our own forms. Inline styles, and scripts without the nonce, do not run.
 */
export function pageHeaders(env: Pick<Env, "PUBLIC_URL" | "MAP_TILES_URL">, nonce: string): [string, string][] {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    ["img-src 'self' data:", ...(env.MAP_TILES_URL ? [new URL(env.MAP_TILES_URL).origin] : [])].join(" "),
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return [["Content-Security-Policy", policy.join("; ")], ...everyHeader(env)];
}

/** Headers of whatever is no page: should a browser take it for one, nothing in it runs or loads. */
export const plainHeaders = (env: Pick<Env, "PUBLIC_URL">): [string, string][] => [
  ["Content-Security-Policy", "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"],
  ...everyHeader(env),
];

/** The headers that every answer carries, pages or not. */
export function everyHeader(env: Pick<Env, "PUBLIC_URL">): [string, string][] {
  const headers: [string, string][] = [
    ["X-Content-Type-Options", "nosniff"],
    ["Referrer-Policy", "same-origin"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["Permissions-Policy", "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)"],
    ["X-Robots-Tag", "noindex"],
  ];
  if (env.PUBLIC_URL.startsWith("https:")) {
    headers.push(["Strict-Transport-Security", "max-age=31536000; includeSubDomains"]);
  }
  return headers;
}
