import type { Told } from "../../src/policy/transition/step.ts";
import { nothingKnown, type TicketState } from "../../src/policy/transition/ticket-state.ts";
import { type TicketEvent, transition } from "../../src/policy/transition/transition.ts";
import { alphabet } from "./alphabet.ts";
import { canonical, keyOf } from "./canonical.ts";
import { type History, historyAfter, untold } from "./history.ts";
import { eventOf } from "./words.ts";

/** One state that can be reached, and how. */
export interface Node {
  readonly state: TicketState;
  readonly history: History;
  /** The node before and what was told there; null at the start. */
  readonly from: { readonly node: Node; readonly words: string } | null;
}

/** One event told to one state. */
export interface Edge {
  readonly node: Node;
  readonly words: string;
  readonly event: TicketEvent;
  readonly before: TicketState;
  readonly after: TicketState;
  readonly outcome: object & { readonly kind: string };
  readonly journal: readonly Told[];
  /** What the mail server knows afterwards. */
  readonly history: History;
  /** False for what no flow tells in this state: it is told all the same, and leads nowhere. */
  readonly isPossible: boolean;
}

/** Sends that the model's worker tries; the real one tries six. The transition counts them and never looks at the number. */
const maxAttempts = 2;

/** What a flow tells in this state: no attempt follows the last one, and links exist once a send began. */
function isPossible({ survey }: TicketState, event: TicketEvent): boolean {
  if (event.kind === "begun") return (survey?.attempts ?? 0) < maxAttempts;
  if (event.kind === "failed" && event.retryAt !== null && event.countsAsAttempt)
    return (survey?.attempts ?? 0) < maxAttempts;
  if (event.kind === "gave_up") return survey === null || survey.attempts >= maxAttempts;
  if (event.kind === "answered") return survey === null || survey.sendBegunAt !== null;
  return true;
}

/** Tells every event to every state that can be reached, until there is no new one. */
export function explore(
  visit: (node: Node) => void,
  follow: (edge: Edge) => void,
): { readonly states: number; readonly transitions: number } {
  const start: Node = { state: nothingKnown, history: untold, from: null };
  const seen = new Set<string>([`${keyOf(start.state)} false null`]);
  const queue: Node[] = [start];
  let transitions = 0;
  for (const node of queue) {
    visit(node);
    for (const words of alphabet) {
      const edge = edgeFrom(node, words);
      transitions += 1;
      follow(edge);
      if (edge.after === edge.before || !edge.isPossible) continue;
      const state = canonical(edge.after);
      const { history } = edge;
      const known = { ...history, talking: history.talking === null ? null : "A" };
      const key = `${keyOf(state)} ${known.mayHaveArrived} ${known.talking}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ state, history: known, from: { node, words } });
    }
  }
  return { states: queue.length, transitions };
}

function edgeFrom(node: Node, words: string): Edge {
  const before = node.state;
  const event = eventOf(before, words);
  const { state: after, outcome, journal } = transition(before, event);
  const history = historyAfter(node.history, { event, outcome: outcome.kind, state: after });
  return {
    node,
    words,
    event,
    before,
    after,
    outcome,
    journal,
    history,
    isPossible: isPossible(before, event),
  };
}

/** The events that lead to a node, in words. */
export function pathTo({ from }: Node): readonly string[] {
  return from === null ? [] : [...pathTo(from.node), from.words];
}
