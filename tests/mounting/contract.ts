import { expect } from "vitest";
import { type Desk, publicOrigin } from "./a-desk.ts";
import { abandon, browser, form, json, oneClick, streamed } from "./requests.ts";

/** A desk and the address under which a framework serves it, its base path included. */
export interface Mounted {
  readonly desk: Desk;
  readonly url: string;
}

/** What every framework must leave as it is. Rules of one mount may run in any order, each on tickets of its own. */
export interface MountingRule {
  readonly rule: string;
  run(mounted: Mounted): Promise<void>;
}

/** The mounting contract. */
export const mountingRules: readonly MountingRule[] = [
  {
    rule: "the page opens with the rating of its query, for GET and HEAD, and nothing is stored", // S21, S23
    async run({ desk, url }) {
      const link = `${url}/r/${await desk.survey("page")}?utm=%C3%BC&rating=4`;
      const before = await desk.stored("page");
      const page = await fetch(link, { headers: browser });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('value="4" required checked');
      const head = await fetch(link, { method: "HEAD", headers: browser });
      expect([head.status, await head.text()]).toEqual([200, ""]);
      for (const header of ["content-type", "content-security-policy", "cache-control", "referrer-policy"]) {
        expect(head.headers.get(header)).toBe(page.headers.get(header));
      }
      expect(page.headers.get("cache-control")).toContain("no-store");
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
      expect(await desk.stored("page")).toEqual(before);
    },
  },
  {
    rule: "an answer arrives whole as a form, as JSON and in chunks of unknown length, and only once", // S24, S25
    async run({ desk, url }) {
      const comment = "Grüße 🎉 & thanks\nfor 100%+";
      for (const [ticketId, answer] of [
        ["form", form({ rating: "4", comment })],
        ["json", json({ rating: 4, comment })],
        ["chunks", streamed(JSON.stringify({ rating: 4, comment }))],
      ] as const) {
        const link = `${url}/r/${await desk.survey(ticketId)}`;
        expect((await fetch(link, json({ rating: 9 }))).status).toBe(400);
        expect((await fetch(link, answer)).status).toBe(201);
        expect((await fetch(link, json({ rating: 1 }))).status).toBe(409);
        expect(await desk.stored(ticketId)).toMatchObject({
          panel: { state: "answered", response: { rating: 4 } },
        });
        const panel = await (await fetch(`${url}/api/tickets/${ticketId}`)).json();
        // A browser sends line breaks of a form as CR LF; URLSearchParams leaves them.
        expect(panel).toMatchObject({ state: "answered", response: { rating: 4, comment } });
      }
    },
  },
  {
    rule: "one click of a mailbox provider opts out in either kind of form, opening the link does not", // S71
    async run({ desk, url }) {
      for (const [ticketId, click] of [
        ["click-urlencoded", oneClick.urlencoded],
        ["click-multipart", oneClick.multipart],
      ] as const) {
        const token = await desk.optOut(ticketId);
        const link = `${url}/o/${token}?lang=de`;
        for (const method of ["GET", "HEAD"])
          expect((await fetch(link, { method, headers: browser })).status).toBe(200);
        expect(await desk.isOptedOut(token)).toBe(false);
        const response = await fetch(link, { ...click(), redirect: "manual" });
        expect([response.status, response.headers.getSetCookie()]).toEqual([200, []]);
        expect(await desk.isOptedOut(token)).toBe(true);
        const page = await fetch(link, form({ action: "undo" }));
        expect([page.status, (await page.text()).includes("<h1>")]).toEqual([200, true]);
        expect(await desk.isOptedOut(token)).toBe(false);
      }
    },
  },
  {
    rule: "what is unknown is 404, and other methods are 405 with the ones that are taken", // S26
    async run({ desk, url }) {
      const link = `${url}/r/${await desk.survey("methods")}`;
      expect((await fetch(`${url}/r/unknown`)).status).toBe(404);
      expect(await (await fetch(`${url}/no/such/address`)).json()).toMatchObject({
        error: { code: "not_found" },
      });
      for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS"]) {
        const response = await fetch(link, { method });
        expect([method, response.status]).toEqual([method, 405]);
        expect(response.headers.get("allow")).toBe("GET, HEAD, POST");
      }
      const settings = await fetch(`${url}/api/settings`, {
        ...json({ sendDelay: "1_hour" }),
        method: "PUT",
      });
      expect(await settings.json()).toMatchObject({ sendDelay: "1_hour" });
      await fetch(`${url}/api/settings`, { ...json({ sendDelay: "immediately" }), method: "PUT" });
    },
  },
  {
    rule: "an encoded slash or percent sign stays inside its id",
    async run({ desk, url }) {
      for (const ticketId of ["a/b", "50%", "a b?c#d"]) {
        await desk.survey(ticketId);
        const panel = await fetch(`${url}/api/tickets/${encodeURIComponent(ticketId)}`);
        expect(await panel.json()).toMatchObject({ state: "awaiting" });
      }
    },
  },
  {
    rule: "the query string, Cookie and Origin arrive as they were sent",
    async run({ desk, url }) {
      const search = "?from=2026-01-01&to=2026-01-31&resolver=a%26b%2Fc&note=%C3%A4+%2B&note=2";
      const headers = { cookie: "session=a%20b; theme=dark", origin: publicOrigin };
      expect((await fetch(`${url}/api/analytics${search}`, { headers })).status).toBe(200);
      expect(desk.asked()).toEqual({ search, ...headers });
    },
  },
  {
    rule: "a change from another site's page is refused, and one from our own is not", // S51
    async run({ url }) {
      const send = (headers: Readonly<Record<string, string>>) =>
        fetch(`${url}/api/webhooks/test`, { method: "POST", headers });
      const cookie = "session=1";
      expect((await send({ cookie, origin: "https://evil.example" })).status).toBe(403);
      expect((await send({ cookie, origin: publicOrigin })).status).toBe(200);
      expect((await send({})).status).toBe(200);
    },
  },
  {
    rule: "a body of more than 64 KiB is 413, whether or not its length is announced", // S26
    async run({ desk, url }) {
      const link = `${url}/r/${await desk.survey("large")}`;
      const large = JSON.stringify({ rating: 5, comment: "x".repeat(200_000) });
      expect((await fetch(link, json(large))).status).toBe(413);
      expect((await fetch(link, streamed(large))).status).toBe(413);
      expect(await desk.stored("large")).toMatchObject({ panel: { state: "awaiting" } });
    },
  },
  {
    rule: "a client that leaves in the middle of its answer leaves nothing behind, and others are served",
    async run({ desk, url }) {
      const link = `${url}/r/${await desk.survey("torn")}`;
      const before = await desk.stored("torn");
      await abandon(link, { contentLength: 500, body: '{"rating":5,"comment":"cut o' });
      expect((await fetch(link)).status).toBe(200);
      expect(await desk.stored("torn")).toEqual(before);
      expect((await fetch(link, json({ rating: 3 }))).status).toBe(201);
    },
  },
  {
    rule: "a download is streamed: a reader that pauses holds it up, one that leaves ends it",
    async run({ desk: { rows }, url }) {
      const leave = new AbortController();
      const { signal } = leave;
      const response = await fetch(`${url}/api/analytics/responses.csv`, { signal });
      expect(response.headers.get("content-type")).toContain("text/csv");
      const reader = response.body?.getReader();
      expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(0);
      // Until the buffers on the way are full: then the count stands still.
      let before = -1;
      const growth = () => {
        const since = rows.taken() - before;
        before += since;
        return since;
      };
      await expect.poll(growth, { interval: 150 }).toBe(0);
      expect(rows.isEnded()).toBe(false);
      leave.abort();
      await expect.poll(rows.isEnded).toBe(true);
    },
  },
  {
    rule: "the signal of a request tells when its client has left",
    async run({ desk, url }) {
      const leave = new AbortController();
      const { arrived, left } = desk.held();
      const response = fetch(`${url}/api/tickets/held`, { signal: leave.signal });
      await expect.poll(() => desk.held().arrived).toBe(arrived + 1);
      leave.abort();
      await expect(response).rejects.toThrow("abort");
      await expect.poll(() => desk.held().left).toBe(left + 1);
    },
  },
];

/** What holds where something in front has read the body and left its bytes: they are the answer. */
export const keptBodyRules: readonly MountingRule[] = [
  {
    rule: "an answer whose bytes somebody else has read and kept is recorded as it was written", // S28
    async run({ desk, url }) {
      const comment = "Grüße & 100 % 🎉";
      for (const [ticketId, request] of [
        ["kept-json", json({ rating: 4, comment })],
        ["kept-form", form({ rating: "4", comment })],
      ] as const) {
        expect((await fetch(`${url}/r/${await desk.survey(ticketId)}`, request)).status).toBe(201);
        const panel: unknown = await (await fetch(`${url}/api/tickets/${ticketId}`)).json();
        expect(panel).toMatchObject({ state: "answered", response: { rating: 4, comment } });
      }
    },
  },
  {
    rule: "so is an opt-out of which somebody else has kept the bytes", // S71
    async run({ desk, url }) {
      for (const [ticketId, click] of [
        ["kept-urlencoded", oneClick.urlencoded],
        ["kept-multipart", oneClick.multipart],
      ] as const) {
        const token = await desk.optOut(ticketId);
        expect((await fetch(`${url}/o/${token}`, click())).status).toBe(200);
        expect(await desk.isOptedOut(token)).toBe(true);
      }
    },
  },
];

/** What holds where something in front has read the body: the answer is lost, and nothing may look as if it were not. */
export const lostBodyRules: readonly MountingRule[] = [
  {
    rule: "an answer whose body somebody else has read is refused with 500, and its link still works",
    async run({ desk, url }) {
      const link = `${url}/r/${await desk.survey("lost")}`;
      const before = await desk.stored("lost");
      expect((await fetch(link, json({ rating: 5 }))).status).toBe(500);
      expect((await fetch(link, form({ rating: "5" }))).status).toBe(500);
      expect(await desk.stored("lost")).toEqual(before);
      expect((await fetch(link, { headers: browser })).status).toBe(200);
    },
  },
];

/** The same where such a request still reaches the handler. */
export const parsedBodyRules: readonly MountingRule[] = [
  ...lostBodyRules,
  {
    rule: "the host's log and a program that answers are told to mount before any body parser",
    async run({ desk, url }) {
      const link = `${url}/r/${await desk.survey("told")}`;
      const earlier = desk.told().length;
      const answer = await fetch(link, json({ rating: 5 }));
      expect(await answer.text()).toContain("before any body parser");
      await fetch(link, form({ rating: "5" }));
      const advice = expect.stringContaining("before any body parser");
      expect(desk.told().slice(earlier)).toEqual([advice, advice]);
    },
  },
];
