import type { RequestListener } from "node:http";
import { type Csat, createCsat, type TicketRef } from "@csat/core";
import { createHandler, type HandlerOptions } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";
import { anOrigin } from "./an-origin.ts";

/** A survey that waits for its answer, and what the handler was asked for. */
export interface SurveyLink {
  readonly link: string;
  readonly csat: Csat;
  readonly ref: TicketRef;
  /** Methods of the requests so far. */
  readonly asked: string[];
}

/** Serves a survey on an origin of its own until the test ends. */
export async function aSurveyLink(
  options: Pick<HandlerOptions, "surveyOrigins" | "frameAncestors">,
): Promise<SurveyLink> {
  let serve: (...asked: Parameters<RequestListener>) => unknown = () => {};
  const asked: string[] = [];
  const desk = await anOrigin((request, response) => {
    asked.push(request.method ?? "");
    serve(request, response);
  });
  const csat = createCsat({
    storage: memoryStorage(),
    scheduler: inProcessScheduler(),
    mailer: memoryMailer(),
    tickets: memoryTickets(),
    publicUrl: `${desk}/csat`,
  });
  serve = toNodeListener(createHandler(csat, { basePath: "/csat", authorize: async () => null, ...options }));
  await csat.updateSettings("acme", { enabled: true });
  const ref = { workspaceId: "acme", ticketId: "T1" };
  const customer = { name: null, email: null, locale: null };
  const ticket = { ticketId: "T1", subject: "Printer", url: null, workspaceName: "Acme", assignee: null };
  const issued = await csat.issueLinks({ ref, ticket: { ...ticket, status: "resolved", customer } });
  if (issued.kind !== "issued") throw new Error(issued.reason);
  return { link: issued.link, csat, ref, asked };
}
