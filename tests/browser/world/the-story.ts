import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Hands } from "./hands.ts";

/** What the story is told with. */
export interface Telling {
  /** The operator's page; a mail's links open others beside it. */
  readonly desk: Page;
  readonly hands: Hands;
  readonly ticket: { readonly id: string; readonly subject: string };
  /** Called on every page and state that the story passes. */
  readonly onEach?: (page: Page) => Promise<void>;
}

/** What the customer wrote, and where. */
export interface Told {
  readonly comment: string;
  /** The page of the survey, which thanks. */
  readonly survey: Page;
}

/**
 * From the operator's note to the customer's answer: resolve, a day by the clock's button, the inbox, the mail, 4 in
 * the mail, 5 on the page, a comment.
 */
export async function tellTheStory({ desk, hands, ticket, onEach }: Telling): Promise<Told> {
  const look = onEach ?? (async () => {});
  await desk.goto(`/tickets/${ticket.id}`);
  await look(desk);
  await hands.write(desk.getByLabel("Note"), "Replaced the toner.");
  await hands.press(desk.getByRole("button", { name: "Resolve with note" }));
  await seen(desk.getByText("Replaced the toner."));
  await seen(desk.getByText(/Survey goes out/));
  await look(desk);

  await hands.press(desk.getByRole("button", { name: "+24 h" }));
  await seen(desk.getByText(/CSAT survey sent/));
  await look(desk);

  await hands.press(desk.getByRole("link", { name: "Inbox" }));
  await hands.press(desk.getByRole("link", { name: ticket.subject }));
  await look(desk);
  const mail = desk.frameLocator('iframe[title="The mail as it looks"]');
  await seen(mail.getByText(ticket.subject).first());
  const opened = desk.context().waitForEvent("page");
  await hands.press(mail.getByRole("link", { name: "Rate 4 of 5" }));

  const survey = await opened;
  await seen(survey.getByRole("heading", { name: ticket.subject }));
  expect(await survey.getByRole("radio", { name: "4" }).isChecked()).toBe(true);
  await look(survey);
  const comment = `Thanks for ${ticket.subject}`;
  await hands.choose(survey.getByRole("radio", { name: "5" }));
  await hands.write(survey.getByLabel(/What went well/), comment);
  await hands.press(survey.getByRole("button", { name: "Send rating" }));
  await seen(survey.getByText("Thank you. Your rating: 5 of 5."));
  await seen(survey.getByText(comment));
  await look(survey);
  return { comment, survey };
}

/** Waits until it shows. @throws Error when it does not within the page's time */
export async function seen(target: Locator): Promise<void> {
  await target.waitFor({ state: "visible" });
}
