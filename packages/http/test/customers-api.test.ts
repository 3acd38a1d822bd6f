import { describe, expect, test } from "vitest";
import { aDesk, type Desk, form, json } from "./a-desk.ts";

const ada = { address: "ada@example.com" };

async function said(response: Promise<Response>): Promise<unknown> {
  const { status, body } = await response.then(async (one) => ({
    status: one.status,
    body: await one.json(),
  }));
  return [status, body];
}

const suppressed = (desk: Desk) => desk.csat.suppressionsOf("acme", ada);

describe("POST /api/customers/suppress, /lookup and /lift", () => {
  // S74
  test("say whom we do not ask, in lists without addresses", async () => {
    const desk = await aDesk();
    expect(await said(desk.ask("/api/customers/suppress", json(ada)))).toEqual([200, { kind: "suppressed" }]);
    const at = desk.clock.now().toISOString();
    const byHand = { reason: "by_hand", at, actorId: "olivia" };
    // In another case, and with spaces around it, it is the same address.
    expect(
      await said(desk.ask("/api/customers/lookup", json({ address: " ADA@example.com", id: null }))),
    ).toEqual([200, { suppressions: [byHand] }]);
    const listed = await (await desk.ask("/api/customers/suppressed")).json();
    expect(listed).toEqual({
      items: [{ key: expect.any(String), suppressions: [byHand] }],
      nextCursor: null,
    });
    expect(JSON.stringify(listed)).not.toContain("ada");
    const lift = () => desk.ask("/api/customers/lift", json({ key: listed.items[0].key, reason: "by_hand" }));
    expect(await said(lift())).toEqual([200, { kind: "lifted" }]);
    expect(await said(lift())).toEqual([200, { kind: "nothing_to_do" }]);
    expect(await said(desk.ask("/api/customers/lookup", json(ada)))).toEqual([200, { suppressions: [] }]);
  });

  test.each([
    ["/api/customers/lookup", "suppressed", "/csat/api/customers/suppressed"],
    ["/api/settings/simulate", "../settings", "/csat/api/settings"],
  ])(
    "GET of %s, where a form's answer stands that is loaded again, leads to where the form was",
    async (path, location, end) => {
      const response = await (await aDesk()).ask(path);
      expect([response.status, response.headers.get("location")]).toEqual([303, location]);
      expect(new URL(location, `https://help.example.com/csat${path}`).pathname).toBe(end);
    },
  );

  // S74
  test("lift an opt-out only with the day of the customer's consent", async () => {
    const desk = await aDesk();
    await desk.csat.suppress("acme", ada, { actorId: null, reason: "opted_out" });
    const lift = (more: object) =>
      desk.ask("/api/customers/lift", json({ ...ada, reason: "opted_out", ...more }));
    for (const [more, message] of [
      [{}, /^must say when the customer agreed/],
      [{ consentGivenAt: "yesterday" }, /^must be a day or a time/],
      [{ consentGivenAt: "2999-01-01" }, /^must not be more than five minutes/],
    ] as const) {
      const response = await lift(more);
      expect([response.status, (await response.json()).error.issues]).toEqual([
        400,
        [{ path: "consentGivenAt", message: expect.stringMatching(message) }],
      ]);
      expect(await suppressed(desk)).toHaveLength(1);
    }
    expect(await said(lift({ consentGivenAt: "2000-01-31" }))).toEqual([200, { kind: "lifted" }]);
    expect(await suppressed(desk)).toEqual([]);
  });

  // S49, S74
  test("know the customers of their own workspace alone", async () => {
    const desk = await aDesk();
    await desk.csat.suppress("globex", ada, { actorId: null });
    expect(await said(desk.ask("/api/customers/lookup?workspaceId=globex", json(ada)))).toEqual([
      200,
      { suppressions: [] },
    ]);
    await desk.ask("/api/customers/lift", json({ ...ada, reason: "by_hand" }));
    expect(await desk.csat.suppressionsOf("globex", ada)).toHaveLength(1);
  });

  test.each<[string, object, { readonly path: string; readonly message: RegExp }]>([
    ["nobody", {}, { path: "", message: /^must name the customer by address, id or key$/ }],
    ["an empty address", { address: " " }, { path: "address", message: /^must be 1/ }],
    ["a number", { id: 7 }, { path: "id", message: /./ }],
    ["a key of their own", { key: "ada" }, { path: "key", message: /listSuppressed/ }],
    ["a misspelt field", { ...ada, adress: "x" }, { path: "adress", message: /^is unknown; known are/ }],
  ])("refuse %s, and name the field as it was sent", async (_name, fields, { path, message }) => {
    const desk = await aDesk();
    for (const name of ["lookup", "suppress", "export", "erase"]) {
      const response = await desk.ask(`/api/customers/${name}`, json(fields));
      expect([response.status, (await response.json()).error.issues]).toEqual([
        400,
        expect.arrayContaining([{ path, message: expect.stringMatching(message) }]),
      ]);
    }
    expect((await desk.csat.listSuppressed("acme")).items).toEqual([]);
  });

  test("a reason that is none is refused with those that there are", async () => {
    const desk = await aDesk();
    const response = await desk.ask("/api/customers/suppress", json({ ...ada, reason: "rude" }));
    expect((await response.json()).error.issues).toEqual([
      { path: "reason", message: "must be one of opted_out, bounced, complained, by_hand" },
    ]);
  });

  test("forms work without script: an empty field names nobody, and they lead to return, else to the list", async () => {
    const desk = await aDesk();
    const back = await desk.ask(
      "/api/customers/suppress",
      form({ ...ada, id: "", _csrf: "1", return: "/settings/customers" }),
    );
    expect([back.status, back.headers.get("location")]).toEqual([303, "/settings/customers"]);
    const list = await desk.ask(
      "/api/customers/lift",
      form({ ...ada, reason: "by_hand", consentGivenAt: "" }),
    );
    const location = list.headers.get("location") ?? "";
    expect(new URL(location, "https://desk.example/csat/api/customers/lift").pathname).toBe(
      "/csat/api/customers/suppressed",
    );
    expect(await suppressed(desk)).toEqual([]);
    const away = await desk.ask("/api/customers/suppress", form({ ...ada, return: "//evil.example" }));
    expect([away.status, await suppressed(desk)]).toEqual([400, []]);
  });

  // S51
  test.each(["lookup", "suppress", "lift", "import", "export", "erase"])(
    "%s refuses what another site's page sends, before anything is read",
    async (name) => {
      const desk = await aDesk();
      const asked = form({ ...ada, reason: "by_hand" });
      const headers = new Headers(asked.headers);
      headers.set("origin", "https://evil.example");
      const response = await desk.ask(`/api/customers/${name}`, { ...asked, headers });
      expect([response.status, await suppressed(desk)]).toEqual([403, []]);
    },
  );
});

describe("GET /api/customers/suppressed", () => {
  test("comes in pages, and refuses a cursor that no page gave", async () => {
    const desk = await aDesk();
    for (const id of ["1", "2", "3"]) await desk.csat.suppress("acme", { id }, { actorId: null });
    const first = await (await desk.ask("/api/customers/suppressed?limit=2")).json();
    const cursor = encodeURIComponent(first.nextCursor);
    const last = await (await desk.ask(`/api/customers/suppressed?limit=2&cursor=${cursor}`)).json();
    const keys = [...first.items, ...last.items].map(({ key }) => key);
    expect([first.items.length, new Set(keys).size, last.nextCursor]).toEqual([2, 3, null]);
    for (const query of ["cursor=x", "limit=0", "limit=201", "limit=1e2"])
      expect((await desk.ask(`/api/customers/suppressed?${query}`)).status).toBe(400);
  });
});

describe("POST /api/customers/import", () => {
  const imported = (desk: Desk, suppressions: unknown) =>
    desk.ask("/api/customers/import", json({ suppressions }));

  // S74
  test("takes a thousand in one body, with the times at which they began", async () => {
    const desk = await aDesk();
    const at = "2001-02-03T04:05:06.000Z";
    const rows = Array.from({ length: 1_000 }, (_, place) => ({
      address: `customer-${place}@example.com`,
      id: `${place}`,
      reason: "opted_out",
      at,
    }));
    expect(await said(imported(desk, rows))).toEqual([200, { imported: 1_000 }]);
    expect(await desk.csat.suppressionsOf("acme", { id: "999" })).toEqual([
      { reason: "opted_out", at: new Date(at), actorId: "olivia" },
    ]);
    expect(await said(imported(desk, rows))).toEqual([200, { imported: 1_000 }]);
  });

  test("refuses more, and what is no list of rows, and stores none of them", async () => {
    const desk = await aDesk();
    const row = { ...ada, reason: "by_hand" };
    const wrong: readonly unknown[] = [
      Array.from({ length: 1_001 }, () => row),
      row,
      "all",
      undefined,
      [row, { reason: "by_hand" }],
      [row, { ...ada, reason: "rude" }],
      [row, { ...row, at: "soon" }],
      [row, { ...row, more: { deep: true } }],
      [row, [row]],
      [row, null],
    ];
    for (const suppressions of wrong) expect((await imported(desk, suppressions)).status).toBe(400);
    expect((await desk.csat.listSuppressed("acme")).items).toEqual([]);
  });

  test("names the row that is wrong, and a field given twice in one", async () => {
    const desk = await aDesk();
    const row = { ...ada, reason: "by_hand" };
    const response = await imported(desk, [row, { ...row, at: "soon" }]);
    expect((await response.json()).error.issues).toMatchObject([{ path: "suppressions.1.at" }]);
    const body = '{"suppressions":[{"id":"1","id":"2","reason":"by_hand"}]}';
    const twice = await desk.ask("/api/customers/import", { ...json({}), body });
    expect(await twice.json()).toMatchObject({
      error: { message: "The body gives a field twice. Send each field once." },
    });
  });

  test("a body over 512 KiB is refused", async () => {
    const desk = await aDesk();
    const id = "x".repeat(530_000);
    expect((await imported(desk, [{ id, reason: "by_hand" }])).status).toBe(413);
  });
});

describe("POST /api/customers/export and /erase", () => {
  // S77
  test("export all that is stored about a person as a file of JSON, and erase it", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    await desk.csat.submitResponse({ token, rating: 2, comment: "Slow." });
    const response = await desk.ask("/api/customers/export", json(ada));
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="customer.json"');
    expect(await response.json()).toMatchObject({
      workspaceId: "acme",
      tickets: [{ ticketId: "T1", response: { rating: 2, comment: "Slow." } }],
    });
    expect(await said(desk.ask("/api/customers/erase", json({ ...ada, ticketIds: ["T7"] })))).toEqual([
      200,
      { erased: 2 },
    ]);
    const left = await (await desk.ask("/api/customers/export", json(ada))).json();
    expect(left.tickets).toEqual([]);
    expect(await (await desk.ask("/api/tickets/T1")).json()).toEqual({ state: "none" });
  });

  // S77
  test("erase tickets that are named alone, and nothing for a list that is none", async () => {
    const desk = await aDesk();
    await desk.survey("T1");
    for (const ticketIds of ["T1", [1], [["T1"]], {}])
      expect((await desk.ask("/api/customers/erase", json({ ticketIds }))).status).toBe(400);
    expect(await (await desk.ask("/api/tickets/T1")).json()).toMatchObject({ state: "awaiting" });
    expect(await said(desk.ask("/api/customers/erase", json({ ticketIds: ["T1"] })))).toEqual([
      200,
      { erased: 1 },
    ]);
  });
});
