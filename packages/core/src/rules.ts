export type { AskRule, Attributes, RuleDecision, RuleFacts } from "./policy/ask/rule.ts";
export { type AttributeValues, onlyWhen } from "./rules/only-when.ts";
export { type SendHours, sendWindow, type Weekday } from "./rules/send-window.ts";
