import type { Fate } from "./fates.ts";
import { fractions, pick, pickWeighted } from "./random.ts";

/** Whose ticket it is in the helpdesk's own tables, and what rules may go by. */
export interface Regular {
  readonly customerId: string;
  readonly timeZone: string;
  readonly attributes: {
    readonly team: string;
    readonly channel: string;
    readonly tags: readonly string[];
  };
}

/** A ticket's story with its customer, who may have written before. */
export type FateOfRegular = Fate & { readonly regular: Regular };

const timeZones = [
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "Asia/Tokyo",
  "Africa/Cairo",
] as const;
const shareOfRegulars = 0.3;

/**
 * Lets three tickets in ten come from somebody who wrote before, oldest first, and says where customers live and which
 * team their ticket is for. Draws numbers of its own, so that everything else is as without. Each ticket keeps an address
 * of its own: a person who wrote before adds a number to theirs.
 */
export function withRegulars(fates: readonly Fate[], seed: number): readonly FateOfRegular[] {
  const next = fractions(seed ^ 0x5eed);
  const known: FateOfRegular[] = [];
  for (const [place, fate] of fates.entries()) {
    const earlier = next() < shareOfRegulars ? known[Math.floor(next() * known.length)] : undefined;
    const attributes = {
      team: pickWeighted(next(), [
        ["support", 6],
        ["billing", 3],
        ["sales", 1],
      ]),
      channel: pickWeighted(next(), [
        ["email", 7],
        ["web form", 3],
      ]),
      // Not drawn: whatever else is drawn stays as it was.
      tags: [...(place % 5 === 0 ? ["vip"] : []), ...(place % 4 === 0 ? ["refund"] : [])],
    };
    const timeZone = earlier?.regular.timeZone ?? pick(next(), timeZones);
    const customerId = earlier?.regular.customerId ?? `C-${place + 1}`;
    const customer =
      earlier === undefined ? fate.customer : again(earlier.customer, fate.customer, place + 1);
    known.push({ ...fate, customer, regular: { customerId, timeZone, attributes } });
  }
  return known;
}

function again(
  { name, email }: Fate["customer"],
  { email: own }: Fate["customer"],
  number: number,
): Fate["customer"] {
  if (email === null || own === null) return { name, email: own };
  const [mailbox = ""] = email.split(/[+@]/);
  return { name, email: `${mailbox}+${number}@customers.example` };
}
