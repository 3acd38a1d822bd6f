import type { CsatIssue } from "@csat/core";
import type { PlainKey } from "../texts/view-texts.ts";
import type { Wording } from "../texts/wording.ts";

/** What is wrong with a setting, as a sentence: the field in the viewer's language, what is wrong as the core says it, in English. */
export function issueWords({ path, message }: CsatIssue, wording: Wording): string {
  const key = Object.hasOwn(names, path) ? names[path] : undefined;
  const field = key === undefined ? wording.say("anyField", { path }) : wording.say(key);
  return wording.say("issue", { field, message });
}

const names: Readonly<Record<string, PlainKey>> = {
  enabled: "theSwitch",
  form: "theForm",
  sendDelay: "theDelay",
  subject: "theSubject",
  bodyIntro: "theText",
  cooldownDays: "theCooldown",
  answerCooldownDays: "theAnswerCooldown",
  samplePercent: "theSample",
  linkExpiryDays: "theLinkExpiry",
  return: "theWayBack",
};
