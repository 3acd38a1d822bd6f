import { type Html, html } from "../html.ts";
import type { PlainKey } from "../texts/view-texts.ts";
import type { Wording } from "../texts/wording.ts";
import { errorOf, type FieldErrors, marks } from "./field-error.ts";

/** The numbers of the section as they stand in the form: texts, for what was typed may be none. */
export interface WhomToAsk extends FieldErrors {
  readonly cooldownDays: string;
  readonly answerCooldownDays: string;
  readonly samplePercent: string;
}

/** Who is left in peace for how long, and of how many tickets customers are asked; what each costs in answers. */
export function whomToAsk(form: WhomToAsk, apiPath: string, wording: Wording): Html {
  const fields = numberFields.map(({ name, label, least, most, cost }) => {
    const [id, hint] = [`csat-${name}`, `csat-${name}-hint`];
    return html`<div class="field"><label for="${id}">${wording.say(label)}</label>
<input id="${id}" class="short" type="number" name="${name}" value="${form[name]}" min="${least}" max="${most}" step="1" inputmode="numeric" required autocomplete="off"${marks(form, name, hint)}>
${errorOf(form, name)}
<p class="quiet small" id="${hint}">${wording.say(cost)}</p></div>
`;
  });
  return html`<fieldset class="fields section"><legend>${wording.say("whomToAsk")}</legend>
<p class="quiet small">${wording.say("whyRare")}</p>
${fields}<div class="try"><button type="submit" name="days" value="30" formaction="${apiPath}/settings/simulate">${wording.say("tryIt")}</button> <span class="quiet small">${wording.say("tryItNote")}</span></div></fieldset>`;
}

interface NumberField {
  readonly name: Exclude<keyof WhomToAsk, "errors">;
  readonly label: PlainKey;
  readonly least: number;
  readonly most: number;
  /** One sentence about what it does to the number of answers. */
  readonly cost: PlainKey;
}

const numberFields: readonly NumberField[] = [
  {
    name: "cooldownDays",
    label: "cooldownDays",
    least: 0,
    most: 365,
    cost: "cooldownCost",
  },
  {
    name: "answerCooldownDays",
    label: "answerCooldownDays",
    least: 0,
    most: 365,
    cost: "answerCooldownCost",
  },
  {
    name: "samplePercent",
    label: "samplePercent",
    least: 1,
    most: 100,
    cost: "sampleCost",
  },
];
