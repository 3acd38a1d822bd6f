import type { System } from "./a-system.ts";
import type { ReceivedMail } from "./mail-server.ts";

/** Opens all five links of a mail and answers how many show the page with their rating chosen. */
export async function workingLinks(system: System, mail: ReceivedMail): Promise<number> {
  let working = 0;
  for (const rating of [1, 2, 3, 4, 5]) {
    const page = await system.request(`/r/${mail.token}?rating=${rating}`);
    const html = await page.text();
    if (page.status === 200 && html.includes(`name="rating" value="${rating}" required checked`)) working++;
  }
  return working;
}

/** Opens the page of a mail's link; true when it is there, answered or not. */
export async function opens(system: System, mail: ReceivedMail): Promise<boolean> {
  const page = await system.request(`/r/${mail.token}`);
  await page.text();
  return page.status === 200;
}

/** Answers through a mail's link: the status of the answer, 201 for the first. */
export async function answer(system: System, mail: ReceivedMail, rating: number): Promise<number> {
  const response = await system.request(`/r/${mail.token}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ rating, comment: null }),
  });
  await response.text();
  return response.status;
}
