import type { Change, Json, Session, Store } from "@csat/core";

/**
 * The same storage, where the process dies between the mail server's yes and our commit, for the surveys that `dies`
 * names: what became of their mails is never written, and they stay as they are.
 */
export function forgetfulStorage<Tx>(storage: Store<Tx>, dies: (surveyId: string) => boolean): Store<Tx> {
  const forgetful = (session: Session): Session => ({
    ...session,
    write: async (changes) => {
      // As a worker finds it whose lease has ended meanwhile: nothing of it is written, and it tries no more.
      const living = changes.filter((change) => !dies(sentSurvey(change)));
      const outcomes = living.length === 0 ? [] : [...(await session.write(living))];
      return changes.map((change) =>
        living.includes(change) ? (outcomes.shift() ?? "conflict") : "lost_lease",
      );
    },
  });
  return {
    ...storage,
    auto: forgetful(storage.auto),
    own: (work) => storage.own((session) => work(forgetful(session))),
  };
}

/** The survey that a change marks as sent; "" for any other change. */
function sentSurvey({ heads, journal }: Change): string {
  if (journal?.some(({ event }) => event === "sent") !== true) return "";
  const ticket = heads.find(({ key }) => key.kind === "ticket");
  // The document of a ticket that was sent holds its survey.
  const document = ticket?.state as { readonly survey?: { readonly id?: Json } };
  return String(document.survey?.id ?? "");
}
