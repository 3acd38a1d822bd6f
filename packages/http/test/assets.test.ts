import { expect, test } from "vitest";
import { aDesk } from "./a-desk.ts";

const views = {
  render: async () => new Response(""),
  asset: (name: string) => (name === "view.css" ? { body: "p{}", type: "text/css; charset=utf-8" } : null),
};

test("files of the views are served to everybody, and not sent again to a browser that has them", async () => {
  const desk = await aDesk({ options: { views, authorize: async () => null } });
  const first = await desk.ask("/assets/view.css");
  expect(first.status).toBe(200);
  expect(await first.text()).toBe("p{}");
  expect(first.headers.get("content-type")).toBe("text/css; charset=utf-8");
  expect(first.headers.get("x-content-type-options")).toBe("nosniff");
  const headers = { "if-none-match": first.headers.get("etag") ?? "none" };
  const again = await desk.ask("/assets/view.css", { headers });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
});

test("what is no file of the views is not there, nor is anything without views", async () => {
  const desk = await aDesk({ options: { views } });
  expect((await desk.ask("/assets/other.css")).status).toBe(404);
  expect((await desk.ask("/assets/view.css", { method: "POST" })).status).toBe(405);
  expect((await (await aDesk()).ask("/assets/view.css")).status).toBe(404);
});
