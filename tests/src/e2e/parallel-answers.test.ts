import { createServer } from "node:http";
import { compareText } from "@csat/core";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { expect, test } from "vitest";
import { tokenOf, workspaceId } from "../world/a-world.ts";
import { onDatabases } from "../world/on-storages.ts";

onDatabases("answers over HTTP", (make) => {
  test("fifty parallel posts on each of twenty links: twenty times 201, 980 times 409, twenty events", async () => {
    // S24, S25, S52
    const world = await make();
    for (let ticket = 0; ticket < 20; ticket++) await world.resolve(`T${ticket}`);
    await world.pass({ hours: 1 });
    const tokens = world.mailer.accepted.map(tokenOf);
    const handler = createHandler(world.csat, { basePath: "/csat", authorize: async () => null });
    const server = createServer(toNodeListener(handler));
    // A thousand connections at once are more than the 511 that Node lets wait.
    const listening = { port: 0, host: "127.0.0.1", backlog: 2_000 };
    await new Promise<void>((resolve) => server.listen(listening, resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("No port.");

    const posts = Array.from({ length: 50 }, (_, time) =>
      tokens.map(async (token) => {
        const response = await fetch(`http://127.0.0.1:${address.port}/csat/r/${token}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ rating: (time % 5) + 1, comment: `try ${time}` }),
        });
        const body: unknown = await response.json();
        return { token, status: response.status, body };
      }),
    ).flat();
    const answers = await Promise.all(posts);
    await new Promise((resolve) => server.close(resolve));

    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(980);
    expect(new Set(won.map(({ token }) => token)).size).toBe(20);
    const events = await world.csat.listEvents(workspaceId, { limit: 200 });
    expect(events.items).toHaveLength(20);
    const wonComments = won.map(({ body }) => JSON.stringify(body).match(/try \d+/)?.[0] ?? "none");
    const toldComments = events.items.map(({ data }) => ("comment" in data ? data.comment : null) ?? "none");
    expect(toldComments.toSorted(compareText)).toEqual(wonComments.toSorted(compareText));
  });
});
