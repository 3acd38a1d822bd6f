import { describe } from "vitest";
import { withoutRedis } from "./find-redis.ts";

/** A `describe` whose tests need Redis: skipped, with the reason in its name, where a developer asked for that. */
export function describeWithRedis(name: string, body: () => void): void {
  const reason = withoutRedis();
  describe.skipIf(reason !== null)(reason === null ? name : `${name} (skipped: ${reason})`, () => {
    body();
  });
}
