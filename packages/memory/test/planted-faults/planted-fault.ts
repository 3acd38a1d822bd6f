import { AssertionError } from "node:assert";
import type { ConformanceCase } from "@csat/conformance";

/** A mistake that an adapter could make, and a case of the kit that must notice it. */
export interface PlantedFault<Adapter> {
  readonly title: string;
  readonly caughtBy: string;
  /** The adapter, with the mistake. */
  plant(adapter: Adapter): Adapter;
}

/** What the case says of a fixture: null when it found nothing wrong. A rejection that is no finding is thrown on. */
export async function findingOf<Fixture>({
  cases,
  id,
  fixture,
}: {
  readonly cases: readonly ConformanceCase<Fixture>[];
  readonly id: string;
  readonly fixture: Fixture;
}): Promise<string | null> {
  const wanted = cases.find((one) => one.id === id);
  if (wanted === undefined) throw new Error(`there is no case "${id}"`);
  try {
    await wanted.run(fixture);
    return null;
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
    throw error;
  }
}
