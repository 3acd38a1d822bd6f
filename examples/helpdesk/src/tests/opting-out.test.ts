import { sized } from "@csat-internal/test-support";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aHelpdesk } from "./a-helpdesk.ts";

let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
beforeAll(async () => {
  helpdesk = await aHelpdesk();
});
afterAll(() => helpdesk.close());

/** A customer who was asked once, and how they opt out. */
async function aCustomer() {
  const { id, email } = await helpdesk.ticket();
  await helpdesk.resolve(id);
  await helpdesk.advance({ hours: 25 });
  const [mail] = await helpdesk.mailsTo(email);
  const link = /^Stop these surveys: (http\S+)$/m.exec(mail?.text ?? "")?.[1] ?? "";
  const page = async () => (await helpdesk.call(link)).text;
  return {
    id,
    email,
    mail,
    link,
    isOptedOut: async () => (await page()).includes("You will get no more satisfaction surveys"),
    /** How many mails the customer has once another ticket of theirs was resolved, and what its journal says last. */
    async askAgain() {
      const again = await helpdesk.ticket({ email });
      await helpdesk.resolve(again.id);
      await helpdesk.advance({ hours: 25 });
      const journal = await helpdesk.journal(again.id);
      return { mails: (await helpdesk.mailsTo(email)).length, last: journal.at(-1) };
    },
  };
}

const clicks: Readonly<Record<string, () => RequestInit>> = {
  urlencoded: () => ({ method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) }),
  multipart: () => {
    const body = new FormData();
    body.set("List-Unsubscribe", "One-Click");
    return { method: "POST", body };
  },
};

// S71
test("whoever opens the link, however often, is asked again", async () => {
  // So many for each customer that the demo's limit for one token within a minute is not met.
  const { customers, visits } = sized({
    usual: { customers: 1, visits: 1_000 },
    full: { customers: 10, visits: 1_000 },
  });
  for (let count = 0; count < customers; count++) {
    const { id, link, askAgain, isOptedOut } = await aCustomer();
    const before = [await helpdesk.panel(id), await helpdesk.journal(id)];
    const statuses = new Set<number>();
    for (let visit = 0; visit < visits; visit += 50) {
      const round = Array.from({ length: 50 }, async (_, place) => {
        const url = place % 3 === 0 ? `${link}?List-Unsubscribe=One-Click` : link;
        const response = await fetch(url, {
          method: place % 2 === 0 ? "GET" : "HEAD",
          headers: { "x-http-method-override": "POST", cookie: "session=1" },
        });
        await response.arrayBuffer();
        statuses.add(response.status);
      });
      await Promise.all(round);
    }
    expect([...statuses]).toEqual([200]);
    expect([await helpdesk.panel(id), await helpdesk.journal(id)]).toEqual(before);
    expect(await isOptedOut()).toBe(false);
    expect(await askAgain()).toMatchObject({ mails: 2 });
  }
});

// S71, S72
describe.each(Object.keys(clicks))("one click of a mailbox provider, %s", (kind) => {
  test("twice: opted out, asked no more, and what was mailed still takes an answer", async () => {
    const { id, mail, link, askAgain, isOptedOut } = await aCustomer();
    for (const _again of [1, 2]) {
      const response = await fetch(link, { ...clicks[kind]?.(), redirect: "manual" });
      expect(response.status).toBe(200);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
      expect(await isOptedOut()).toBe(true);
    }
    expect(await askAgain()).toEqual({ mails: 1, last: "skipped:opted_out" });
    const survey = /(http\S+)rating=4$/m.exec(mail?.text ?? "")?.[1] ?? "";
    expect((await helpdesk.call(survey, { body: { rating: 4 } })).status).toBe(201);
    expect((await helpdesk.panel(id)).state).toBe("answered");
  });
});

// S71
test("who undoes it is asked again", async () => {
  const { link, askAgain, isOptedOut } = await aCustomer();
  for (const action of ["opt_out", "undo"]) {
    const body = new URLSearchParams({ action });
    expect((await helpdesk.call(link, { body })).status).toBe(200);
  }
  expect(await isOptedOut()).toBe(false);
  expect(await askAgain()).toMatchObject({ mails: 2 });
});

// S70
test("under an address without TLS no mail offers unsubscribing by one click, and every mail has the link", async () => {
  const { mail, link } = await aCustomer();
  expect(link).toMatch(/^http:\S+\/csat\/o\/[2-9a-z]{26}(\?lang=[a-zA-Z-]+)?$/);
  expect(mail?.raw).toMatch(/^List-Id:/im);
  expect(mail?.raw).not.toMatch(/^List-Unsubscribe/im);
  expect(mail?.html).toContain(`href="${link}"`);
});
