import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { statesPage } from "./states-page.ts";

test("the page of states is that of the transition (vitest -u writes it)", async () => {
  const page = fileURLToPath(new URL("../../../../docs/reference/states.md", import.meta.url));
  await expect(statesPage()).toMatchFileSnapshot(page);
});
