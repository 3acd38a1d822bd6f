/** Puts in place of a view what happened, and a button that tries again. */
export function showFailure(content: HTMLElement, message: string, tryAgain: () => unknown): void {
  const button = element("button", "Try again");
  button.addEventListener("click", tryAgain);
  const said = element("p", message);
  said.role = "alert";
  const card = element("div", "");
  card.className = "card";
  card.append(element("h1", "That did not work"), said, button);
  const section = element("section", "");
  section.className = "csat";
  section.append(card);
  content.replaceChildren(section);
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
