import { remember, type Step, told, unchanged } from "./step.ts";
import { atRest, type SurveyState, type TicketState } from "./ticket-state.ts";

/** Somebody told what became of the mail after its server had taken it. */
export interface Reported {
  readonly kind: "reported";
  readonly report:
    | { readonly kind: "bounced"; readonly isPermanent: boolean; readonly status: string | null }
    | { readonly kind: "complained" | "auto_reply" };
  /** When that happened, at most now. */
  readonly at: Date;
}

/** `noted`: it changes nothing but the journal. `repeated`: it was told before. `unknown`: no mail of this ticket ever left. */
export type OnReported = {
  readonly kind: "bounced" | "complained" | "noted" | "repeated" | "unknown";
};

/**
 * A mail that came back for good was never sent: its survey failed, whatever stood there, and its ticket is not asked about
 * again. While its send is under way the end of that says so. An answer proves the opposite, and stays. Everything else is
 * told and changes nothing of the survey; what it means for the customer follows from the two states.
 */
export function onReported(before: TicketState, { report, at }: Reported): Step<OnReported> {
  const { survey } = before;
  if (survey === null || !survey.mayHaveReached) return unchanged(before, { kind: "unknown" });
  const isForGood = report.kind === "bounced" && report.isPermanent;
  const event = report.kind === "bounced" && !isForGood ? "not_delivered_yet" : report.kind;
  const status = report.kind === "bounced" ? report.status : null;
  const known = remember(before, `reported ${event}`);
  // A later mail may come back as well: what stands in the survey counts, where it does.
  const isKnown = isForGood
    ? survey.bounce !== null
    : report.kind === "complained"
      ? survey.complainedAt !== null
      : known.isRepeat;
  if (isKnown) return unchanged(before, { kind: "repeated" });
  const next = isForGood
    ? withBounce(survey, { at, status })
    : report.kind === "complained"
      ? { ...survey, complainedAt: at }
      : survey;
  return {
    state: { ...known.state, survey: next },
    outcome: { kind: isForGood || report.kind === "complained" ? report.kind : "noted" },
    journal: [told(event, at, status)],
  };
}

function withBounce(survey: SurveyState, bounce: NonNullable<SurveyState["bounce"]>): SurveyState {
  const next = { ...survey, bounce };
  return survey.status === "sending" || survey.status === "answered" ? next : bounced(next);
}

/** The survey whose mail came back. */
export function bounced(survey: SurveyState): SurveyState {
  return { ...atRest(survey), status: "failed", reason: "bounced", sentAt: null };
}
