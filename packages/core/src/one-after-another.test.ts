import { expect, test } from "vitest";
import { oneAfterAnother } from "./one-after-another.ts";

test("work begins when what came before it has ended, well or badly, and answers as it ends itself", async () => {
  const inTurn = oneAfterAnother();
  const told: string[] = [];
  const first = inTurn(async () => {
    told.push("first begins");
    await Promise.resolve();
    told.push("first ends");
    throw new Error("first went wrong");
  });
  const second = inTurn(async () => {
    told.push("second begins");
    return "second";
  });
  await expect(first).rejects.toThrow("first went wrong");
  await expect(second).resolves.toBe("second");
  expect(told).toEqual(["first begins", "first ends", "second begins"]);
});
