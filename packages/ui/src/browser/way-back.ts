const key = "csat-view";

/**
 * Adds a step to the browser's history: Back leads to the view before. The address stays the host's, and so does
 * whatever its router keeps in the state.
 */
export function addStep(element: string, url: string): void {
  const state: unknown = history.state;
  // Somebody else's text or number cannot hold ours beside it.
  if (state !== null && typeof state !== "object") return;
  history.pushState({ ...state, [key]: { ...stepsOf(state), [element]: url } }, "");
}

/** Where this step of the history left the element; null when it says nothing of it. */
export function stepOf(element: string): string | null {
  const url = stepsOf(history.state)?.[element];
  return typeof url === "string" ? url : null;
}

function stepsOf(state: unknown): Readonly<Record<string, unknown>> | null {
  const steps: unknown = typeof state === "object" ? Object(state)[key] : null;
  return typeof steps === "object" ? { ...steps } : null;
}
