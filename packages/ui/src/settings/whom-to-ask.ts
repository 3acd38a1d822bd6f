import { type Html, html } from "../html.ts";
import { errorOf, type FieldErrors, marks } from "./field-error.ts";

/** The numbers of the section as they stand in the form: texts, for what was typed may be none. */
export interface WhomToAsk extends FieldErrors {
  readonly cooldownDays: string;
  readonly answerCooldownDays: string;
  readonly samplePercent: string;
}

/** Who is left in peace for how long, and of how many tickets customers are asked; what each costs in answers. */
export function whomToAsk(form: WhomToAsk): Html {
  const fields = numberFields.map(({ name, label, least, most, cost }) => {
    const [id, hint] = [`csat-${name}`, `csat-${name}-hint`];
    return html`<div class="field"><label for="${id}">${label}</label>
<input id="${id}" class="short" type="number" name="${name}" value="${form[name]}" min="${least}" max="${most}" step="1" inputmode="numeric" required autocomplete="off"${marks(form, name, hint)}>
${errorOf(form, name)}
<p class="quiet small" id="${hint}">${cost}</p></div>
`;
  });
  return html`<fieldset class="fields whom"><legend>Whom to ask</legend>
<p class="quiet small">Nobody likes to be asked after every ticket. These three keep it rare; 0, 0 and 100 ask everybody.</p>
${fields}</fieldset>`;
}

interface NumberField {
  readonly name: Exclude<keyof WhomToAsk, "errors">;
  readonly label: string;
  readonly least: number;
  readonly most: number;
  /** One sentence about what it does to the number of answers. */
  readonly cost: string;
}

const numberFields: readonly NumberField[] = [
  {
    name: "cooldownDays",
    label: "Days of rest after asking",
    least: 0,
    most: 365,
    cost: "30 is usual: costs the answers of customers who come back sooner, few where most write once.",
  },
  {
    name: "answerCooldownDays",
    label: "Days of rest after an answer",
    least: 0,
    most: 365,
    cost: "90 is usual: costs further answers of those who like to answer, so that the others weigh more.",
  },
  {
    name: "samplePercent",
    label: "Percent of tickets to ask about",
    least: 1,
    most: 100,
    cost: "100 is usual: with 50, chosen by chance, half of the answers come, and every figure is less certain.",
  },
];
