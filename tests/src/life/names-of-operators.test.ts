import { createHandler } from "@csat/http";
import { csatViews } from "@csat/ui";
import { expect, test, vi } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { inMemory } from "../world/storages.ts";

/** Every page that tells of operators. */
const pages = [
  "tickets/T1",
  "tickets/T1/explain",
  "analytics",
  "analytics?resolver=u-7731",
  "analytics/responses",
  "analytics/responses?resolver=u-7731",
  "analytics/low-ratings?resolver=u-7731",
];
/** The same where there is no answer of theirs, which alone could name them. */
const emptyPages = [
  "analytics?from=2025-01-01&to=2025-01-02&resolver=u-7731",
  "analytics/responses?rating=5&resolver=u-7731",
  "analytics/low-ratings?from=2025-01-01&to=2025-01-02&resolver=u-7731",
];

/** A desk on memory whose one ticket was resolved by u-7731 and rated 2; `words` is a page as its reader sees it. */
async function aDesk() {
  const world = await aWorld({ storage: inMemory() });
  await world.resolve("T1", "u-7731");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 2, "Slow.");
  await world.pass({ hours: 30 });
  const handler = createHandler(world.csat, {
    basePath: "/csat",
    authorize: async () => ({ workspaceId, userId: "olivia", role: "owner" }),
    views: csatViews({ basePath: "/csat", now: () => world.clock.now() }),
  });
  const words = async (page: string) => {
    const address = `https://help.example.com/csat/api/${page}`;
    const response = await handler(new Request(address, { headers: { accept: "text/html" } }));
    expect(response.status).toBe(200);
    const body = /<main>(.*)<\/main>/s.exec(await response.text())?.[1] ?? "";
    return body.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
  };
  return { world, words };
}

test.each([...pages, ...emptyPages])(
  "the page %s shows the operator's name and never the id, after one call",
  async (page) => {
    const { world, words } = await aDesk();
    const asked: unknown[] = [];
    world.tickets.getOperators = async (...given) => {
      asked.push(given);
      return [{ id: "u-7731", name: "Bob Ross" }];
    };
    const shown = await words(page);
    expect(shown).toContain("Bob Ross");
    expect(shown).not.toContain("u-7731");
    expect(asked).toEqual([[workspaceId, ["u-7731"]]]);
  },
);

test.each([
  ["fails", async () => Promise.reject(new TypeError("down"))],
  ["throws at once", () => fail()],
  ["knows nobody", async () => []],
  ["has a blank name", async () => [{ id: "u-7731", name: " \u200B" }]],
  ["answers about others", async () => [{ id: "constructor", name: "Eve" }]],
])("a host that %s costs the names alone: ids stand there", async (_, getOperators) => {
  const { world, words } = await aDesk();
  world.tickets.getOperators = getOperators;
  for (const page of pages) expect(await words(page)).toContain("u-7731");
});

test("a host that hangs costs the names after two seconds", async () => {
  const { world, words } = await aDesk();
  world.tickets.getOperators = () => new Promise(() => {});
  vi.useFakeTimers();
  try {
    const shown = words("tickets/T1");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await shown).toContain("u-7731");
  } finally {
    vi.useRealTimers();
  }
});

test("a long name of several lines stands on one, cut as those in mails are", async () => {
  const { world } = await aDesk();
  world.tickets.getOperators = async () => [{ id: "u-7731", name: `Bob\n\u202E${"x".repeat(5_000)}` }];
  const names = await world.csat.nameOperators(workspaceId, ["u-7731", "u-7731", "u-8"]);
  expect([...names]).toEqual([["u-7731", expect.stringMatching(/^Bob x{5,200}…$/)]]);
});

function fail(): never {
  throw new Error("not today");
}
