import { fixedWindowLimiter, type LimiterOptions } from "@csat/http";
import { fakeClock } from "@csat/memory";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";

describe("allowRequest", () => {
  test("false answers 429 with Retry-After before anything else is looked at", async () => {
    const seen: string[] = [];
    const desk = await aDesk({
      options: {
        allowRequest: async (_, token) => {
          seen.push(token);
          return false;
        },
      },
      broken: {
        openSurvey: () => {
          throw new Error("asked");
        },
        submitResponse: () => {
          throw new Error("asked");
        },
      },
    });
    for (const request of [undefined, json({ rating: 5 }), json("nonsense"), json("9".repeat(70_000))]) {
      const response = await desk.ask("/r/some%20token", request);
      expect(response.status).toBe(429);
      expect(response.headers.get("retry-after")).toBe("60");
    }
    expect(seen).toEqual(Array.from({ length: 4 }, () => "some token"));
  });

  test("programs get 429 as JSON, browsers a page that offers to try again and keeps the rating", async () => {
    const desk = await aDesk({ options: { allowRequest: async () => false } });
    const program = await desk.ask("/r/t", json({ rating: 5 }));
    expect(await program.json()).toMatchObject({ error: { code: "too_many_requests" } });
    const visit = await desk.ask("/r/t?rating=4", { headers: browser });
    expect(await visit.text()).toContain('href="?rating=4"');
    const answer = await desk.ask("/r/t", form({ rating: "4" }));
    expect(answer.status).toBe(429);
    expect(await answer.text()).toContain("Too many requests came from here.");
  });

  test("is asked for what cannot be decoded, and never for operator routes", async () => {
    const seen: string[] = [];
    const desk = await aDesk({
      options: {
        allowRequest: async (_, token) => {
          seen.push(token);
          return true;
        },
      },
    });
    await desk.ask("/r/%E0%A4%A");
    await desk.ask("/r/a/b");
    await desk.ask("/api/settings");
    await desk.ask("/api/tickets/T1");
    expect(seen).toEqual(["%E0%A4%A", "a/b"]);
  });

  // S29
  test("hears of one token, however the letters of its link are written", async () => {
    const seen: string[] = [];
    const desk = await aDesk({
      options: {
        allowRequest: async (_, token) => {
          seen.push(token);
          return true;
        },
      },
    });
    const link = "abcdefghijkmnpqrstuvwxyz23";
    for (const written of [link, link.toUpperCase(), "aBCdefghijkmnpqrstuvwxyZ23", `%61${link.slice(1)}`]) {
      await desk.ask(`/r/${written}`);
    }
    expect(seen).toEqual([link, link, link, link]);
  });

  test("one that throws answers 500 and is reported", async () => {
    const errors: unknown[] = [];
    const desk = await aDesk({
      options: {
        allowRequest: () => Promise.reject(new Error("redis://secret")),
        onError: (error) => errors.push(error),
      },
    });
    const response = await desk.ask("/r/t");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(errors).toHaveLength(1);
  });
});

describe("fixedWindowLimiter", () => {
  const clock = fakeClock();
  const from = (address: string) =>
    new Request("https://desk.example/", { headers: { "x-address": address } });
  const limiter = (change: Partial<LimiterOptions> = {}) =>
    fixedWindowLimiter({
      perToken: 2,
      perAddress: 3,
      windowMs: 1000,
      elapsedMs: () => clock.now().getTime(),
      addressOf: ({ headers }) => headers.get("x-address"),
      ...change,
    });

  test("lets a token through as often as perToken says, from wherever", async () => {
    const allow = limiter();
    expect(await allow(from("a"), "t")).toBe(true);
    expect(await allow(from("b"), "t")).toBe(true);
    expect(await allow(from("c"), "t")).toBe(false);
    expect(await allow(from("c"), "other")).toBe(true);
  });

  test("lets an address through as often as perAddress says, whatever the token", async () => {
    const allow = limiter();
    for (const token of ["1", "2", "3"]) expect(await allow(from("a"), token)).toBe(true);
    expect(await allow(from("a"), "4")).toBe(false);
    expect(await allow(from("b"), "4")).toBe(true);
  });

  const optOut = (address: string, token: string, method = "POST") =>
    new Request(`https://desk.example/csat/o/${token}?lang=de`, {
      method,
      headers: { "x-address": address },
    });

  // S71
  test("lets a mailbox provider post ten times as many opt-outs from one address, and counts them apart", async () => {
    const allow = limiter({ perAddress: 1 });
    for (let user = 0; user < 10; user++)
      expect(await allow(optOut("provider", `${user}`), `${user}`)).toBe(true);
    expect(await allow(optOut("provider", "10"), "10")).toBe(false);
    expect(await allow(from("provider"), "survey")).toBe(true);
    expect(await allow(optOut("provider", "11", "GET"), "11")).toBe(false);
    expect(await allow(optOut("another", "10"), "10")).toBe(true);
  });

  // S71
  test("lets an address post as many opt-outs as optOutsPerAddress says, and one token as often as perToken", async () => {
    const allow = limiter({ optOutsPerAddress: 4 });
    const seen = [];
    for (const user of ["1", "2", "3", "4", "5"]) seen.push(await allow(optOut("a", user), user));
    expect(seen).toEqual([true, true, true, true, false]);
    await clock.advance({ ms: 1_000 });
    for (const isFine of [true, true, false]) expect(await allow(optOut("a", "1"), "1")).toBe(isFine);
  });

  test("starts anew with the next window, and not a millisecond before", async () => {
    for (const allow of [limiter({ perToken: 1 }), limiter({ perAddress: 1 })]) {
      expect(await allow(from("a"), "t")).toBe(true);
      await clock.advance({ ms: 999 });
      expect(await allow(from("a"), "t")).toBe(false);
      await clock.advance({ ms: 1 });
      expect(await allow(from("a"), "t")).toBe(true);
    }
  });

  test("counts by token alone where the address is not known", async () => {
    const allow = limiter({ addressOf: () => null, perAddress: 1 });
    for (const token of ["1", "2", "3"]) expect(await allow(from("a"), token)).toBe(true);
  });

  test("remembers maxKeys keys, and forgets the one unseen for longest", async () => {
    const allow = limiter({ perToken: 1, perAddress: 100, maxKeys: 2 });
    for (const token of ["busy", "quiet", "busy", "new"]) await allow(from("a"), token);
    expect(await allow(from("a"), "busy")).toBe(false);
    expect(await allow(from("a"), "quiet")).toBe(true);
  });

  test("does not let made-up tokens push out the address that sends them", async () => {
    const allow = limiter({ maxKeys: 2 });
    const answers = [];
    for (let token = 0; token < 10; token++) answers.push(await allow(from("a"), `${token}`));
    expect(answers.filter(Boolean)).toHaveLength(3);
  });

  test("goes by time that passes: setting the machine's clock opens and closes nothing", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const allow = fixedWindowLimiter({
      perToken: 1,
      perAddress: 9,
      windowMs: 3_600_000,
      addressOf: () => null,
    });
    expect(await allow(from("a"), "t")).toBe(true);
    for (const time of ["2099-01-01", "1999-01-01"]) {
      vi.setSystemTime(time);
      expect(await allow(from("a"), "t")).toBe(false);
    }
  });

  test.each([
    { perToken: 0 },
    { perAddress: 1.5 },
    { windowMs: Number.NaN },
    { maxKeys: -1 },
    { optOutsPerAddress: 0 },
  ])("refuses %j at start-up", (wrong) => {
    expect(() => limiter(wrong)).toThrow(expect.objectContaining({ code: "invalid_config" }));
  });
});
