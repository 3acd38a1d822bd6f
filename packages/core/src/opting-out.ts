import type { Theme } from "./survey/theme.ts";

/** The customer's own no, through the link that stands in every mail. Its token opens no survey, and a survey's token opens none of this. */
export interface OptingOut {
  /**
   * What the page behind the link shows. Writes nothing; asks the host for theme and name of the workspace alone.
   * @throws CsatError `survey_not_found`, `storage_failed`
   */
  openOptOut(token: string): Promise<OptOutPage>;
  /**
   * The customer is asked no more in this workspace: what is pending and what comes later is skipped, `opted_out`. Links
   * that were mailed still take an answer. Calling it again changes nothing.
   * @throws CsatError `survey_not_found`, `storage_failed`
   */
  optOut(token: string): Promise<OptOutPage>;
  /**
   * Takes the customer's own opt-out back; whatever else keeps them from being asked stays. Schedules nothing by itself: the
   * next resolution does. Calling it again changes nothing.
   * @throws CsatError `survey_not_found`, `storage_failed`
   */
  undoOptOut(token: string): Promise<OptOutPage>;
}

/** What an opt-out link leads to, as it stands after the call. */
export interface OptOutPage {
  /** By the customer's own hand; another suppression does not count. */
  readonly isOptedOut: boolean;
  /** What the option `workspaceName` answers; null without it, and where it fails. */
  readonly workspaceName: string | null;
  readonly theme: Theme | null;
}
