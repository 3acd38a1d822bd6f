import type { Page, ResponseRow } from "@csat/core";
import { formatsOf } from "../format.ts";
import type { Html } from "../html.ts";
import type { ViewContext } from "../view-context.ts";
import { responseList } from "./answers.ts";
import { listView } from "./list-view.ts";

/** Single answers, newest first: what stands behind a bar, a day or a figure of the dashboard. */
export function responsesView({ items, nextCursor }: Page<ResponseRow>, context: ViewContext): Html {
  const formats = formatsOf(context.locale);
  const answers = items.length === 0 ? null : responseList(items, formats, context);
  return listView({ name: "responses", title: "Responses", answers, nextCursor }, formats, context);
}
