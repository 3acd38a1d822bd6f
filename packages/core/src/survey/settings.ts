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
}

/** What stands while nobody saved anything: surveys are off. */
export const defaultSettings: WorkspaceSettings = {
  enabled: false,
  sendDelay: "24_hours",
  subject: null,
  bodyIntro: null,
};
