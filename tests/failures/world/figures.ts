import type { ReceivedMail } from "./mail-server.ts";

/** What went in and what came out, to be read by a person. */
export type Figures = Readonly<Record<string, number | string>>;

/** Prints one line: `failures | <scenario> | seed 1, surveys in 1000, …`. */
export function printFigures(scenario: string, figures: Figures): void {
  const said = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  console.log(`failures | ${scenario} | ${said.join(", ")}`);
}

/** Of the mails that a server took, against the surveys that were to be sent. A mail is distinct by its Message-ID. */
export function mailFigures({
  surveys,
  mails,
}: {
  readonly surveys: number;
  readonly mails: readonly ReceivedMail[];
}): { readonly mails: number; readonly distinct: number; readonly lost: number; readonly repeated: number } {
  const distinct = new Set(mails.map(({ messageId }) => messageId)).size;
  const reached = new Set(mails.map(({ recipient }) => recipient)).size;
  return { mails: mails.length, distinct, lost: surveys - reached, repeated: mails.length - distinct };
}
