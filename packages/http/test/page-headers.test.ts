import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { counterScript } from "../src/pages/comment-counter.ts";
import { aDesk, browser, form } from "./a-desk.ts";

const logo = "data:image/png;base64,iVBORw0KGgo=";

async function everyPage(): Promise<
  ReadonlyMap<string, { readonly response: Response; readonly html: string }>
> {
  const desk = await aDesk({ theme: { accentColor: "#FFD400", logo } });
  const limited = await aDesk({ options: { allowRequest: async () => false } });
  const broken = await aDesk({ broken: { openSurvey: () => Promise.reject(new Error("down")) } });
  const token = await desk.survey("T1");
  const responses: Record<string, Response> = {
    open: await desk.ask(`/r/${token}`, { headers: browser }),
    refused: await desk.ask(`/r/${token}`, form({ comment: "no rating" })),
    thanks: await desk.ask(`/r/${token}`, form({ rating: "4", comment: "fine" })),
    conflict: await desk.ask(`/r/${token}`, form({ rating: "4" })),
    recorded: await desk.ask(`/r/${token}`, { headers: browser }),
    unknown: await desk.ask("/r/unknown", { headers: browser }),
    limited: await limited.ask("/r/unknown", { headers: browser }),
    failed: await broken.ask("/r/unknown", { headers: browser }),
  };
  const pages = await Promise.all(
    Object.entries(responses).map(
      async ([name, response]) => [name, { response, html: await response.text() }] as const,
    ),
  );
  return new Map(pages);
}

describe("every page of the public face", () => {
  // S29
  test("forbids caching, referrers, indexing and framing", async () => {
    for (const { response, html } of (await everyPage()).values()) {
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex, nofollow",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "content-type": "text/html; charset=utf-8",
        vary: "Accept, Accept-Language",
      });
      expect(html).toContain('<meta name="robots" content="noindex, nofollow">');
    }
  });

  // S29
  test("allows its own style and script by hash, images as data, its own form, and nothing else", async () => {
    for (const { response, html } of (await everyPage()).values()) {
      const counter = html.match(/<script>(.*?)<\/script>/s)?.[1] ?? counterScript;
      const scriptHash = createHash("sha256").update(counter).digest("base64");
      const css = html.match(/<style>(.*?)<\/style>/s)?.[1] ?? "";
      const hash = createHash("sha256").update(css).digest("base64");
      expect(response.headers.get("content-security-policy")).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; script-src 'sha256-${scriptHash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      );
    }
  });

  // S29
  test("loads nothing from elsewhere and carries no style attribute", async () => {
    for (const { html } of (await everyPage()).values()) {
      const addresses = Array.from(
        html.matchAll(/\b(?:src|href|action)="([^"]*)"/g),
        ([, address]) => address ?? "",
      );
      for (const address of addresses) expect(address).toMatch(/^(?:data:|\?)/);
      expect(html).not.toMatch(/\sstyle=|url\(|@import/);
    }
  });

  // S22
  test("sets no cookie", async () => {
    for (const { response } of (await everyPage()).values())
      expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("weighs at most 15 kB compressed", async () => {
    for (const { html } of (await everyPage()).values())
      expect(gzipSync(html).byteLength).toBeLessThan(15_000);
  });

  test("answers the status that belongs to it", async () => {
    const statuses = Array.from(await everyPage(), ([name, { response }]) => [name, response.status]);
    expect(Object.fromEntries(statuses)).toEqual({
      open: 200,
      refused: 400,
      thanks: 201,
      conflict: 409,
      recorded: 200,
      unknown: 404,
      limited: 429,
      failed: 500,
    });
  });
});

test("the workspace's logo and colour are on its page", async () => {
  const { html } = (await everyPage()).get("open") ?? { html: "" };
  expect(html).toContain(`<img src="${logo}" alt="">`);
  expect(html).toContain("--csat-accent:#ffd400;--csat-on-accent:#000000");
});
