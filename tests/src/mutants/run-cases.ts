import { type StorageFixture, storageCases } from "@csat/conformance";

// A case that waits for what never comes is broken all the same.
const longestCaseMs = 20_000;

/** Runs the storage cases one after the other and prints the id of each that fails, as JSON. Stops at the third. */
export async function runCases<Tx>(
  create: () => Promise<StorageFixture<Tx> & { close?(): Promise<void> }>,
  known: readonly string[],
): Promise<void> {
  const failed: string[] = [];
  for (const one of storageCases) {
    if (known.includes(one.id)) continue;
    const fixture = await create();
    try {
      await within(longestCaseMs, one.run(fixture));
    } catch {
      failed.push(one.id);
    }
    await fixture.close?.();
    if (failed.length === 3) break;
  }
  process.stdout.write(`${JSON.stringify(failed.map((id) => `\`${id}\``))}\n`, () => process.exit(0));
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const late = new Promise<never>((_, reject) => {
    const limit = AbortSignal.timeout(milliseconds);
    limit.addEventListener("abort", () => reject(new Error("never ended")), { once: true });
  });
  await Promise.race([work, late]);
}
