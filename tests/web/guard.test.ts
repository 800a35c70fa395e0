import { describe, expect, test } from "vitest";
import { makeGuard } from "#app/web/http/guard.server.ts";

const home = makeGuard({ PUBLIC_URL: "http://localhost:3000", HOST: "127.0.0.1", PORT: 3000 });
const online = makeGuard({ PUBLIC_URL: "https://help.example.org", HOST: "0.0.0.0", PORT: 3000 });
const post = { method: "POST", url: "/needs/new", host: "help.example.org" };

describe("the origin of anything that may change something", () => {
  test.each([
    ["our own page", { origin: "https://help.example.org" }, null],
    ["our own page, newer browsers", { fetchSite: "same-origin", origin: "https://help.example.org" }, null],
    ["an old phone that only says where it was", { referer: "https://help.example.org/needs/new" }, null],
    ["another site", { origin: "https://evil.example" }, 403],
    ["another site, newer browsers", { fetchSite: "cross-site" }, 403],
    ["a sister site", { fetchSite: "same-site", origin: "https://www.example.org" }, 403],
    ["a frame without an origin", { origin: "null" }, 403],
    ["a garbled origin", { origin: "%%%" }, 403],
    ["an old phone on another site", { referer: "https://evil.example/x" }, 403],
    ["nothing at all", {}, 403],
    ["plain http", { origin: "http://help.example.org" }, 403],
  ])("%s", (_who, headers, status) => {
    expect(online({ ...post, ...headers })?.status ?? null).toBe(status);
  });

  test("covers single loaders and resource routes, whose check Remix leaves out", () => {
    for (const url of ["/needs/new?_data=routes%2Fneeds.new", "/p/4F2K/claims", "/dev/phones"]) {
      expect(online({ ...post, url, origin: "https://evil.example" })?.status).toBe(403);
    }
  });

  test("lets a program with a token post to the API, and the text provider to its signed hooks", () => {
    expect(online({ ...post, url: "/api/v1/posts" })).toBeNull();
    expect(online({ ...post, url: "/hooks/twilio/sms" })).toBeNull();
    expect(online({ ...post, url: "/api/v1/posts", origin: "https://evil.example" })?.status).toBe(403);
  });
});

test("only its own names are served", () => {
  const get = { method: "GET", url: "/" };
  expect(online({ ...get, host: "help.example.org" })).toBeNull();
  for (const host of ["evil.example", "a b", "help.example.org:80abc", "localhost:3000", undefined]) {
    expect(online({ ...get, host })?.status).toBe(400);
  }
  for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST:3000"]) {
    expect(home({ ...get, host })).toBeNull();
  }
  expect(home({ ...get, host: "localhost:4000" })?.status).toBe(400);
});

test("addresses and methods have limits", () => {
  const host = "help.example.org";
  expect(online({ method: "GET", url: `/${"a".repeat(5000)}`, host })?.status).toBe(414);
  expect(online({ method: "GET", url: "/%", host })?.status).toBe(400);
  expect(online({ method: "GET", url: "/a%00b", host })?.status).toBe(400);
  expect(online({ method: "GET", url: "http://evil.example/", host })?.status).toBe(400);
  for (const url of ["//evil.example/", "/\\evil.example/", "/hooks/../needs/new", "/hooks/%2e%2e/needs/new", "/a/."]) {
    expect(online({ method: "POST", url, host, origin: "https://evil.example" })?.status, url).toBe(400);
  }
  expect(online({ method: "GET", url: "/assets/a..b.css", host })).toBeNull();
  expect(online({ method: "TRACE", url: "/", host })).toMatchObject({ status: 405, allow: "GET, HEAD, POST" });
  expect(online({ method: "PATCH", url: "/p/4F2K", host })?.status).toBe(405);
  for (const method of ["PATCH", "DELETE"]) expect(online({ method, url: "/api/v1/me", host })).toBeNull();
  expect(online({ method: "TRACE", url: "/api/v1/me", host })?.status).toBe(405);
});
