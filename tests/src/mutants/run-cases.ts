import { type StorageFixture, storageCases } from "@csat/conformance";

// A case that waits for what never comes is broken all the same.
const longestCaseMs = 20_000;

/**
 * Runs the storage cases whose ids are the arguments of this process, or all without arguments, up to the first that
 * fails, and prints a JSON list with its id: empty when none does. `known` ones are left out; `end` runs at last.
 */
export async function runCases<Tx>(
  create: () => Promise<StorageFixture<Tx> & { close?(): Promise<void> }>,
  known: readonly string[],
  end: () => Promise<void> = async () => {},
): Promise<void> {
  const wanted = process.argv.slice(2);
  const cases = storageCases.filter(({ id }) =>
    wanted.length === 0 ? !known.includes(id) : wanted.includes(id),
  );
  if (wanted.length > 0 && cases.length !== new Set(wanted).size) throw new Error("An id names no case.");
  const failed: string[] = [];
  for (const one of cases) {
    const fixture = await create();
    try {
      await within(longestCaseMs, one.run(fixture));
    } catch {
      failed.push(one.id);
      break;
    }
    await fixture.close?.();
  }
  await end();
  process.stdout.write(`${JSON.stringify(failed)}\n`, () => process.exit(0));
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const late = new Promise<never>((_, reject) => {
    const limit = AbortSignal.timeout(milliseconds);
    limit.addEventListener("abort", () => reject(new Error("never ended")), { once: true });
  });
  await Promise.race([work, late]);
}
