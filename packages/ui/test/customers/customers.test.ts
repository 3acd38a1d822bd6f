import type { SuppressedCustomer } from "@csat/core";
import { describe, expect, test } from "vitest";
import { csatViews } from "../../src/index.ts";
import { wordsOf } from "../dashboard/a-dashboard.ts";

const views = csatViews({
  basePath: "/csat",
  now: () => new Date("2026-11-30T15:00:00Z"),
  locale: () => "en-GB",
});
const at = new Date("2026-11-29T09:30:00Z");

async function list(
  items: readonly SuppressedCustomer[],
  { nextCursor = null, query = "" }: { readonly nextCursor?: string | null; readonly query?: string } = {},
): Promise<string> {
  const request = new Request(`https://desk.example/settings/customers${query}`);
  return await views.draw("suppressed-customers", { items, nextCursor }, request);
}

async function found(data: object): Promise<string> {
  const request = new Request("https://desk.example/csat/api/customers/lookup", { method: "POST" });
  return await views.draw("customer", { suppressions: [], who: { id: "7" }, back: null, ...data }, request);
}

describe("customers whom we do not ask", () => {
  // S74
  test("stand with reason and time, each with the way to take it back, and with no address", async () => {
    const html = await list([
      { key: "k1", suppressions: [{ reason: "by_hand", at, actorId: "olivia" }] },
      { key: "k2", suppressions: [{ reason: "opted_out", at, actorId: null }] },
    ]);
    expect(wordsOf(html)).toMatch(
      /somebody decided that this customer is not asked.*29 Nov 2026, 09:30 UTC.*Lift.*the customer does not want to be asked.*29 Nov 2026/,
    );
    const [byHand = "", optedOut = ""] = html.match(/<form class="lift".*?<\/form>/gs) ?? [];
    expect(byHand).toContain('method="post" action="/csat/api/customers/lift"');
    for (const field of ['name="key" value="k1"', 'name="reason" value="by_hand"'])
      expect(byHand).toContain(field);
    expect(byHand).toContain('name="return" value="/settings/customers"');
    // S74: an operator lifts an opt-out only with the day of consent, which is not in the future.
    expect(byHand).not.toContain("consentGivenAt");
    expect(optedOut).toMatch(/<input type="date" name="consentGivenAt" max="2026-11-30" required>/);
  });

  test("are nobody, and say so", async () => {
    expect(wordsOf(await list([]))).toContain("Everybody may be asked");
  });

  test("come in pages, which keep what the host put into the address", async () => {
    const html = await list([{ key: "k", suppressions: [{ reason: "bounced", at, actorId: null }] }], {
      nextCursor: "n&1",
      query: "?tab=x&cursor=c",
    });
    expect(html).toContain('href="/settings/customers?tab=x"');
    expect(html).toContain("/settings/customers?tab=x&amp;cursor=n%261");
  });

  test("are looked up by a form that is posted, so that no address stands in a URL", async () => {
    expect(await list([])).toContain(
      '<form class="look-up" method="post" action="/csat/api/customers/lookup">',
    );
  });
});

describe("one customer", () => {
  test("may be asked, or be kept from it by hand", async () => {
    const html = await found({ back: "/settings/customers" });
    expect(wordsOf(html)).toContain("Nothing: this customer may be asked.");
    expect(html).toMatch(
      /action="\/csat\/api\/customers\/suppress"><input type="hidden" name="id" value="7"><input type="hidden" name="return" value="\/settings\/customers">/,
    );
    expect(html).toContain('<a href="/settings/customers">');
  });

  test("whom somebody kept from it already has no second button, and leads back to the list", async () => {
    const html = await found({ suppressions: [{ reason: "by_hand", at, actorId: "olivia" }] });
    expect(html).not.toContain('action="/csat/api/customers/suppress"');
    expect(html).toContain('name="return" value="/csat/api/customers/suppressed"');
  });

  test("stays what was typed, as text", async () => {
    const html = await found({ who: { address: '"><script>alert(1)</script>' } });
    expect(html).not.toContain("<script>");
  });
});

test("a form that was refused leads back to the list", async () => {
  const request = new Request("https://desk.example/csat/api/customers/lift", { method: "POST" });
  const error = { error: { code: "invalid_input", message: "Nothing was done." } };
  expect(await views.draw("error", error, request)).toContain('href="/csat/api/customers/suppressed"');
});
