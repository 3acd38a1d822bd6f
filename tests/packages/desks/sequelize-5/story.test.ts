import { story } from "./story";

test("a closed ticket is surveyed by chat, and answered", async () => {
  const told = await story(process.env.DESK_DATABASE_URL ?? "");
  expect(told).toBe(process.env.DESK_EXPECTED);
}, 600_000);
