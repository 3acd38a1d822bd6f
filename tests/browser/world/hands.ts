import type { Locator, Page } from "playwright-core";

/** A way to use a page. */
export interface Hands {
  /** Follows a link, presses a button. */
  press(target: Locator): Promise<void>;
  write(target: Locator, text: string): Promise<void>;
  /** Chooses a radio button of a group in which one is chosen already. */
  choose(radio: Locator): Promise<void>;
}

/** Points and clicks. */
export const pointer: Hands = {
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
  choose: (radio) => radio.check(),
};

/** Presses keys and nothing else, so that what the Tab key does not reach cannot be used. */
export const keyboard: Hands = {
  press: async (target) => {
    await tabTo(target);
    await target.page().keyboard.press("Enter");
  },
  write: async (target, text) => {
    await tabTo(target);
    await target.page().keyboard.type(text);
  },
  choose: async (radio) => {
    const page = radio.page();
    // Tab enters the group at the chosen button, arrows move within it.
    await tabUntil(page, async () => (await focusedName(page)) === (await radio.getAttribute("name")));
    for (let step = 0; step < 5 && !(await radio.isChecked()); step++)
      await page.keyboard.press("ArrowRight");
  },
};

async function tabTo(target: Locator): Promise<void> {
  await target.waitFor();
  await tabUntil(target.page(), () => hasFocus(target));
}

async function tabUntil(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  // More stops than any page of the demo has.
  for (let stop = 0; stop < 80; stop++) {
    if (await isThere()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The Tab key does not lead there on ${page.url()}.`);
}

// A frame that lost the focus still remembers its active element.
function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate(
    (element) => element.ownerDocument.hasFocus() && element.ownerDocument.activeElement === element,
  );
}

function focusedName(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute("name") ?? null);
}
