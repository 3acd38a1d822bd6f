import { countingTriggers } from "./counting-triggers.ts";

/**
 * Switches the counting on. A step of its own: it waits for whoever is writing surveys or responses, in the order in
 * which they lock them, and holds up others for an instant.
 */
export function counting(schema: string): readonly string[] {
  return [
    `lock table ${schema}.surveys, ${schema}.responses in share row exclusive mode`,
    ...countingTriggers(schema),
  ];
}
