import type { CsatIssue } from "@csat/core";

/** What is wrong with a setting, as a sentence. */
export function issueWords({ path, message }: CsatIssue): string {
  const name = Object.hasOwn(names, path) ? names[path] : undefined;
  return name === undefined ? `The field ${path} ${message}.` : `${name} ${message}.`;
}

const names: Readonly<Record<string, string>> = {
  enabled: "The switch",
  form: "The field form",
  sendDelay: "The delay",
  subject: "The subject",
  bodyIntro: "The text",
  cooldownDays: "The rest after asking",
  answerCooldownDays: "The rest after an answer",
  samplePercent: "The percent of tickets",
  return: "The way back",
};
