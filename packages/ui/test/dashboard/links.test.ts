import { describe, expect, test } from "vitest";
import { anOperator, draw, linksOf, someMetrics, wordsOf } from "./a-dashboard.ts";

const api = "/csat/api/analytics";
const awkward = "a&b=c#d é/?%+\"'<";
const encoded = encodeURIComponent(awkward);

describe("the links of a dashboard", () => {
  test("lead to other days and to any days, and say which are shown", async () => {
    const html = await draw(someMetrics(), { query: "?days=90" });
    expect(linksOf(html).slice(0, 3)).toEqual([`${api}?days=7`, `${api}?days=30`, `${api}?days=90`]);
    expect(Array.from(html.matchAll(/aria-current="true">([^<]*)/g), ([, words]) => words)).toEqual(["90 d"]);
    expect(html).toMatch(/<form [^>]*method="get" action="\/csat\/api\/analytics">/);
    expect(html).toContain('<input type="date" name="from" value="2026-11-24" required>');
    expect(html).toContain('<input type="date" name="to" value="2026-11-30" required>');
  });

  // S39
  test.each([
    ["", "30 d"],
    ["?days=7", "7 d"],
    ["?from=2026-11-24&to=2026-11-30", "Custom"],
  ])("mark the days that %s asks for", async (query, shown) => {
    const html = await draw(someMetrics(), { query });
    expect(Array.from(html.matchAll(/aria-current="true">([^<]*)/g), ([, words]) => words)).toEqual([shown]);
  });

  // S42
  test.each([
    ["an operator", `?days=7&resolver=${encoded}`, `resolver=${encoded}`],
    ["Unattributed", "?days=7&unattributed", "unattributed"],
    ["Unattributed, said at length", "?days=7&unattributed=true", "unattributed"],
  ])("keep the filter on %s", async (_, query, filter) => {
    const html = await draw(someMetrics(), { query });
    const links = linksOf(html);
    expect(links).toContain(`${api}?days=90&${filter}`);
    expect(links).toContain(`${api}/responses.csv?days=7&${filter}&bom`);
    expect(links).toContain(`${api}/responses?days=7&${filter}&rating=5`);
    expect(links).toContain(`${api}/responses?from=2026-11-24&to=2026-11-24&${filter}&back=days%3D7`);
    expect(links).toContain(`${api}?days=7`);
  });

  // S42
  test("keep it in the form for other days", async () => {
    const html = await draw(someMetrics(), { query: `?resolver=${encoded}` });
    expect(html).toContain('<input type="hidden" name="resolver" value="a&amp;b=c#d é/?%+&quot;&#39;&lt;">');
    const unattributed = await draw(someMetrics(), { query: "?unattributed" });
    expect(unattributed).toContain('<input type="hidden" name="unattributed" value="1">');
  });

  test("have no filter to keep when it is off", async () => {
    const html = await draw(someMetrics(), { query: "?unattributed=false" });
    expect(linksOf(html)[0]).toBe(`${api}?days=7`);
    expect(html).not.toContain("Show all</a>");
  });

  test("keep days of one's own", async () => {
    const query = "?from=2026-11-24&to=2026-11-30";
    const links = linksOf(await draw(someMetrics(), { query }));
    expect(links).toContain(`${api}/responses.csv${query}&bom`);
    expect(links).toContain(`${api}/responses${query}&rating=1`);
    expect(links).toContain(`${api}${query}&resolver=ann`);
  });

  test("never fail for half a surrogate pair in an id", async () => {
    const html = await draw(someMetrics({ byResolver: [anOperator({ actorId: "a\uD800" })] }));
    expect(linksOf(html)).toContain(`${api}?resolver=a%EF%BF%BD`);
  });
});

describe("a filter", () => {
  // S42
  test("is said in words, by the operator's name", async () => {
    const html = await draw(someMetrics(), { query: "?resolver=ann", resolverName: "Ann" });
    expect(wordsOf(html)).toContain("Only tickets that Ann resolved first. Show all");
  });

  test("is said by the id of an operator without a name", async () => {
    const html = await draw(someMetrics({ byResolver: [] }), { query: "?resolver=ann-7" });
    expect(wordsOf(html)).toContain("Only tickets that ann-7 resolved first.");
  });

  // S47
  test("on Unattributed is said too", async () => {
    const html = await draw(someMetrics(), { query: "?unattributed" });
    expect(wordsOf(html)).toContain("nobody is known to have resolved (Unattributed).");
  });
});
