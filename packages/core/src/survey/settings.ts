/** The delays an admin chooses from; their lengths stand in `policy/send-delay.ts`. */
export type SendDelay = "immediately" | "1_hour" | "24_hours" | "3_days";

/** What the admins of one workspace chose. */
export interface WorkspaceSettings {
  readonly enabled: boolean;
  readonly sendDelay: SendDelay;
  /** Up to 200 characters with placeholders. Null or blank: the default subject. */
  readonly subject: string | null;
  /** Up to 5,000 characters with placeholders. Null or blank: the default text. */
  readonly bodyIntro: string | null;
  /** Whole days, 0 to 365, in which a customer who was asked is not asked again. 0: no limit. */
  readonly cooldownDays: number;
  /** Whole days, 0 to 365, in which a customer who answered is not asked again. 0: no limit. */
  readonly answerCooldownDays: number;
  /** Of how many tickets in a hundred the customer is asked, 1 to 100. */
  readonly samplePercent: number;
  /** Whole days, 1 to 365, after which the links of the last mail that may have arrived end. Null: they never end. */
  readonly linkExpiryDays: number | null;
}

/** What stands while nobody saved anything: surveys are off. */
export const defaultSettings: WorkspaceSettings = {
  enabled: false,
  sendDelay: "24_hours",
  subject: null,
  bodyIntro: null,
  cooldownDays: 0,
  answerCooldownDays: 0,
  samplePercent: 100,
  linkExpiryDays: null,
};
