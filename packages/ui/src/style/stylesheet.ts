import { base } from "./base.ts";
import { charts } from "./charts.ts";
import { customers } from "./customers.ts";
import { dashboard } from "./dashboard.ts";
import { panel } from "./panel.ts";
import { settings } from "./settings.ts";
import { tokens } from "./tokens.ts";
import { tooltip } from "./tooltip.ts";
import { webhooks } from "./webhooks.ts";

/** The style sheet of all views. Its rules touch nothing outside elements of the class `csat`. */
export const stylesheet = [
  tokens,
  base,
  charts,
  dashboard,
  panel,
  settings,
  customers,
  webhooks,
  tooltip,
].join("\n");
