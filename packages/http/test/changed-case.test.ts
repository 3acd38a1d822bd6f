import { expect, test } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";

const everyOther = (token: string) =>
  Array.from(token, (letter, place) => (place % 2 === 0 ? letter.toUpperCase() : letter)).join("");

// S13
test.each([
  ["in capital letters", (token: string) => token.toUpperCase()],
  ["in letters of either case", everyOther],
  [
    "in letters that are percent-encoded",
    (token: string) => `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`,
  ],
])("a link %s opens its survey and takes the answer", async (_name, change) => {
  const desk = await aDesk();
  const link = `/r/${change(await desk.survey("T1"))}`;
  const page = await desk.ask(`${link}?rating=4`, { headers: browser });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Printer on fire");
  expect((await desk.ask(link, form({ rating: "4", comment: "Fine" }))).status).toBe(201);
  expect(await desk.stored("T1")).toMatchObject({ panel: { state: "answered", response: { rating: 4 } } });
});

// S13
test.each(["https://desk.example/CSAT/R/", "https://desk.example/Csat/r/", "HTTPS://DESK.EXAMPLE/csat/R/"])(
  "a link that changed case as a whole opens its survey and takes the answer: %s",
  async (start) => {
    const desk = await aDesk();
    const link = `${start}${(await desk.survey("T1")).toUpperCase()}`;
    const page = await desk.askAt(link, { headers: browser });
    expect(page.status).toBe(200);
    expect((await desk.askAt(link, form({ rating: "4" }))).status).toBe(201);
  },
);

// S51
test.each(["/CSAT/api/settings", "/csat/API/settings", "/Csat/assets/csat-view.js", "/CSATX/r/abc"])(
  "no other address is read in another case: %s",
  async (path) => {
    const desk = await aDesk();
    expect((await desk.askAt(`https://desk.example${path}`)).status).toBe(404);
  },
);

// S24, S25
test("links of one survey in different letters are one link: the first answer stands", async () => {
  const desk = await aDesk();
  const token = await desk.survey("T1");
  const answers = [token, token.toUpperCase(), everyOther(token)].map((written, place) =>
    desk.ask(`/r/${written}`, json({ rating: place + 1 })),
  );
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(2);
});
