import { expect, test } from "vitest";
import { aDesk, browser, json } from "./a-desk.ts";
import { generatedRows } from "./generated-rows.ts";

const path = "/api/analytics/responses.csv";
const header = "respondedAt,ticketId,rating,comment,resolvedBy,resolvedByName,sentAt,surveyId,excluded\r\n";

test("all answers of the range are a download that nobody caches", async () => {
  const desk = await aDesk();
  for (const [ticketId, rating] of [
    ["T1", 5],
    ["T2", 1],
  ] as const) {
    await desk.ask(`/r/${await desk.survey(ticketId)}`, json({ rating, comment: "fine;=1+1" }));
    await desk.clock.advance({ minutes: 1 });
  }
  const response = await desk.ask(path, { headers: browser });
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/csv; charset=utf-8; header=present",
    "content-disposition": 'attachment; filename="csat-responses-30-days.csv"',
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  const [first, second, third, end] = (await response.text()).split("\r\n");
  expect(`${first}\r\n`).toBe(header);
  // S55
  expect(second).toMatch(/,"T2",1,"fine;'=1\+1","bob",/);
  expect(third).toMatch(/,"T1",5,"fine;'=1\+1","bob",/);
  expect(end).toBe("");
});

test("a range without answers is its header", async () => {
  const desk = await aDesk();
  expect(await (await desk.ask(path)).text()).toBe(header);
});

test.each([
  ["?days=7", "csat-responses-7-days.csv", [{ days: 7 }, {}]],
  [
    "?from=2026-01-01&to=2026-01-31",
    "csat-responses-2026-01-01-to-2026-01-31.csv",
    [{ from: "2026-01-01", to: "2026-01-31" }, {}],
  ],
  ["?resolver=bob&rating=1", "csat-responses-30-days.csv", [undefined, { resolvedBy: "bob", rating: 1 }]],
  ["?unattributed", "csat-responses-30-days.csv", [undefined, { resolvedBy: null }]],
])("%s is exported as %s", async (query, name, asked) => {
  const calls: unknown[] = [];
  const exportResponses = (...given: unknown[]) => {
    calls.push(given);
    return generatedRows(0).exportResponses();
  };
  const desk = await aDesk({ broken: { exportResponses } });
  const response = await desk.ask(`${path}${query}`);
  expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${name}"`);
  expect(calls).toEqual([["acme", ...asked]]);
});

test("the mark for spreadsheets stands first when it is asked for, and only then", async () => {
  const desk = await aDesk({ broken: { exportResponses: generatedRows(1).exportResponses } });
  const bytes = async (query: string) =>
    [...new Uint8Array(await (await desk.ask(path + query)).arrayBuffer())].slice(0, 3);
  expect(await bytes("?bom=1")).toEqual([0xef, 0xbb, 0xbf]);
  expect(await bytes("?bom")).toEqual([0xef, 0xbb, 0xbf]);
  expect(await bytes("?bom=0")).toEqual([0x72, 0x65, 0x73]);
});

test("a semicolon stands between cells when it is asked for", async () => {
  const desk = await aDesk({ broken: { exportResponses: generatedRows(1).exportResponses } });
  const lines = async (query: string) => (await (await desk.ask(path + query)).text()).split("\r\n");
  expect(await lines("?delimiter=;")).toEqual([
    header.trim().replaceAll(",", ";"),
    '2026-03-05T11:00:00.000Z;"T1";5;"A comment of some length.";"bob";"Bob Lee";2026-03-05T10:00:00.000Z;"s1";false',
    "",
  ]);
  expect((await lines("?delimiter=%3B&bom"))[0]).toBe(header.trim().replaceAll(",", ";"));
  expect((await lines("?delimiter=,"))[0]).toBe(header.trim());
});

test.each(["?delimiter=", "?delimiter=tab", "?delimiter=%0A", "?delimiter=;;", "?delimiter=;&delimiter=,"])(
  "%s names the parameter that is wrong",
  async (query) => {
    const response = await (await aDesk()).ask(path + query);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { issues: [{ path: "delimiter" }] } });
  },
);

test.each(["?days=8", "?from=2026-02-30&to=2026-03-01", "?rating=6", "?bom=maybe", "?bom&bom"])(
  "%s is 400 before anything is sent",
  async (query) => {
    const desk = await aDesk();
    const response = await desk.ask(path + query);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-disposition")).toBeNull();
  },
);

test("a slow reader of 200,000 rows is never more than a few hundred ahead of, and gets every one", async () => {
  const rows = generatedRows(200_000);
  const desk = await aDesk({ broken: { exportResponses: rows.exportResponses } });
  const response = await desk.ask(path);
  expect(rows.taken()).toBe(1);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let lines = -1;
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) break;
    lines += chunk.value.split("\r\n").length - 1;
    // What the decoder holds ready is all that is ahead.
    expect(rows.taken() - lines).toBeLessThanOrEqual(301);
  }
  expect([lines, rows.taken(), rows.isEnded()]).toEqual([200_000, 200_000, true]);
});

test("a reader who leaves ends the reading", async () => {
  const rows = generatedRows(200_000);
  const desk = await aDesk({ broken: { exportResponses: rows.exportResponses } });
  const reader = (await desk.ask(path)).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(rows.isEnded()).toBe(true);
  expect(rows.taken()).toBeLessThanOrEqual(101);
});

test("one who leaves in the middle of a read ends it without an error", async () => {
  const errors: unknown[] = [];
  const rows = generatedRows(200_000);
  const desk = await aDesk({
    broken: { exportResponses: rows.exportResponses },
    options: { onError: (error) => errors.push(error) },
  });
  const reader = (await desk.ask(path)).body?.getReader();
  const read = reader?.read();
  await reader?.cancel();
  await read;
  expect([rows.isEnded(), errors]).toEqual([true, []]);
});

test("HEAD answers the headers and reads on no further", async () => {
  const rows = generatedRows(200_000);
  const desk = await aDesk({ broken: { exportResponses: rows.exportResponses } });
  const response = await desk.ask(path, { method: "HEAD" });
  expect([response.status, response.body, rows.taken(), rows.isEnded()]).toEqual([200, null, 1, true]);
});

test("a database that fails at once is 500; later it breaks the download off, and tells the log alone", async () => {
  const errors: unknown[] = [];
  const failing = async (failAt: number) =>
    (
      await aDesk({
        broken: { exportResponses: generatedRows(500, { failAt }).exportResponses },
        options: { onError: (error) => errors.push(error) },
      })
    ).ask(path);
  expect((await failing(0)).status).toBe(500);
  const late = await failing(250);
  expect(late.status).toBe(200);
  await expect(late.text()).rejects.toThrow("The export broke off.");
  expect(errors).toEqual([
    expect.objectContaining({ message: "secret of the driver" }),
    expect.objectContaining({ message: "secret of the driver" }),
  ]);
});
