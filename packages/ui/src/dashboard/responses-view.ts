import type { ExportedResponse, Page } from "@csat/core";
import type { Html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { responseList } from "./answers.ts";
import { listView } from "./list-view.ts";
import type { Selected } from "./selection.ts";

/** A page of answers; `resolverName` as in `Selected`. */
export interface ResponsesPage extends Page<ExportedResponse>, Selected {}

/** Single answers, newest first: what stands behind a bar, a day or a figure of the dashboard. */
export function responsesView(
  { items, nextCursor, resolverName, mayExclude = false }: ResponsesPage,
  context: ViewContext,
): Html {
  const wording = context.wording;
  const answers = items.length === 0 ? null : responseList(items, mayExclude, context);
  return listView(
    {
      name: "responses",
      title: context.wording.say("responses"),
      answers,
      nextCursor,
      resolverName,
      mayExclude,
    },
    wording,
    context,
  );
}
