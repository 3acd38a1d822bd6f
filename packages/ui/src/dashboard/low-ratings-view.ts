import type { LowRatingCard, Page } from "@csat/core";
import type { Html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { lowRatingList } from "./answers.ts";
import { listView } from "./list-view.ts";
import type { Selected } from "./selection.ts";

/** A page of bad answers; `resolverName` as in `Selected`. */
export interface LowRatingsPage extends Page<LowRatingCard>, Selected {}

/** All answers of 1 and 2 in the days asked for, newest first. */
export function lowRatingsView(
  { items, nextCursor, resolverName, mayExclude = false }: LowRatingsPage,
  context: ViewContext,
): Html {
  const wording = context.wording;
  const answers = items.length === 0 ? null : lowRatingList(items, mayExclude, context);
  return listView(
    {
      name: "low-ratings",
      title: context.wording.say("followUp"),
      answers,
      nextCursor,
      resolverName,
      mayExclude,
    },
    wording,
    context,
  );
}
