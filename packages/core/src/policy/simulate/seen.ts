import { type CustomerMoment, type CustomerState, nobodyAsked } from "../ask/customer-state.ts";
import { fingerprintTable, numbers } from "./fingerprint-table.ts";

/**
 * All that a dry run remembers of tickets and customers that nothing is pending of: some 40 bytes for a ticket, some 70
 * for a customer.
 */
export interface Seen {
  /** Of a customer that surveys are limited for; nothing while nobody asked. Of other tickets than this it says that they are others. */
  customer(key: string, ticketId: string): CustomerState;
  /** Keeps what the ticket made of it. */
  keepCustomer(key: string, ticketId: string, state: CustomerState): void;
  /** The customer of a ticket that was asked about answered: who the record names, else who was asked; who nobody knows is passed over. */
  answered(ticketId: string, key: string | null, at: Date): void;
  /** A survey went to the customer by the record alone: before the range, or armed before it. Null is the one it belongs to. */
  askedByRecord(ticketId: string, key: string | null, at: Date): void;
  /** The mail of a ticket came back: its customer was not asked about it. */
  cameBack(ticketId: string): void;
  /** A survey that counts in the range went out to them. */
  countAsked(key: string): void;
  /** Notes whose ticket it is. */
  belongs(ticketId: string, key: string): void;
  /** A no with a date was told of the ticket: the same one again is not told. */
  toldNo(ticketId: string, eligibleAt: Date): void;
  /** The date of the latest one; null for none. */
  noUntil(ticketId: string): Date | null;
  has(ticketId: string, flag: TicketFlag): boolean;
  /** True when the flag was not set before. */
  mark(ticketId: string, flag: TicketFlag): boolean;
  unmark(ticketId: string, flag: TicketFlag): void;
  /** Customers that were asked in the range, and those among them that were asked more than once. */
  counts(): { readonly asked: number; readonly again: number };
}

const flags = { resolved: 1, used_up: 2, left_out: 4, told_of: 8 } as const;

/** `resolved`: counts in the range. `used_up`: its one survey may have reached the customer. `told_of`: this run decided on it. */
export type TicketFlag = keyof typeof flags;

/** What stands before anything was read. */
export function nothingSeen(): Seen {
  const tickets = fingerprintTable();
  const marks = numbers(Uint8Array);
  const owners = numbers(Uint32Array);
  const noes = numbers(Float64Array);
  const customers = fingerprintTable();
  const moments = { asked: momentColumn(), answered: momentColumn() };
  const askings = numbers(Uint8Array);
  /** One at most: a send of a dry run has ended when the next one begins. */
  const reserved = new Map<string, CustomerMoment>();

  /** Numbers of tickets begin at 1 there: 0 is none. */
  function momentColumn() {
    return { at: numbers(Float64Array), ticket: numbers(Uint32Array) };
  }

  function momentOf(name: keyof typeof moments, customer: number, ticketId: string): CustomerMoment | null {
    const { at, ticket } = moments[name];
    const number = ticket.get(customer);
    if (number === 0) return null;
    const isSame = tickets.find(ticketId) === number - 1;
    return { at: new Date(at.get(customer)), ticketId: isSame ? ticketId : another };
  }

  function keep(
    name: keyof typeof moments,
    { customer, ticketId, moment }: { customer: number; ticketId: string; moment: CustomerMoment | null },
  ): void {
    if (moment === null || moment.ticketId !== ticketId) return;
    moments[name].at.set(customer, moment.at.getTime());
    moments[name].ticket.set(customer, tickets.put(ticketId) + 1);
  }

  /** Takes back that they were asked, if it was about this ticket. */
  function free(customer: number, ticketId: string): void {
    if (momentOf("asked", customer, ticketId)?.ticketId === ticketId) moments.asked.ticket.set(customer, 0);
  }

  function keepLater(name: keyof typeof moments, customer: number, ticketId: string, at: Date): void {
    const known = momentOf(name, customer, ticketId);
    if (known === null || known.at <= at) keep(name, { customer, ticketId, moment: { at, ticketId } });
  }

  function has(ticketId: string, flag: TicketFlag): boolean {
    const number = tickets.find(ticketId);
    return number !== null && (marks.get(number) & flags[flag]) !== 0;
  }

  function mark(ticketId: string, flag: TicketFlag): boolean {
    const number = tickets.put(ticketId);
    const before = marks.get(number);
    marks.set(number, before | flags[flag]);
    return (before & flags[flag]) === 0;
  }

  function belongs(ticketId: string, key: string): void {
    owners.set(tickets.put(ticketId), customers.put(key) + 1);
  }

  return {
    customer(key, ticketId) {
      const customer = customers.put(key);
      return {
        ...nobodyAsked,
        asked: momentOf("asked", customer, ticketId),
        answered: momentOf("answered", customer, ticketId),
        reserved: reserved.get(key) ?? null,
      };
    },
    keepCustomer(key, ticketId, { asked, answered, reserved: place }) {
      if (place === null) reserved.delete(key);
      else reserved.set(key, place);
      const customer = customers.put(key);
      if (asked === null) free(customer, ticketId);
      keep("asked", { customer, ticketId, moment: asked });
      keep("answered", { customer, ticketId, moment: answered });
    },
    answered(ticketId, key, at) {
      if (key !== null) belongs(ticketId, key);
      const number = tickets.find(ticketId);
      const owner = number === null ? 0 : owners.get(number);
      if (owner > 0) keepLater("answered", owner - 1, ticketId, at);
    },
    askedByRecord(ticketId, key, at) {
      mark(ticketId, "used_up");
      if (key !== null) belongs(ticketId, key);
      const owner = owners.get(tickets.put(ticketId));
      if (owner > 0) keepLater("asked", owner - 1, ticketId, at);
    },
    cameBack(ticketId) {
      const number = tickets.find(ticketId);
      const owner = number === null ? 0 : owners.get(number);
      if (owner > 0) free(owner - 1, ticketId);
    },
    countAsked(key) {
      const customer = customers.put(key);
      askings.set(customer, Math.min(askings.get(customer) + 1, 2));
    },
    belongs,
    toldNo: (ticketId, eligibleAt) => noes.set(tickets.put(ticketId), eligibleAt.getTime()),
    noUntil(ticketId) {
      const number = tickets.find(ticketId);
      const until = number === null ? 0 : noes.get(number);
      return until === 0 ? null : new Date(until);
    },
    has,
    mark,
    unmark(ticketId, flag) {
      const number = tickets.find(ticketId);
      if (number !== null) marks.set(number, marks.get(number) & ~flags[flag]);
    },
    counts() {
      let [asked, again] = [0, 0];
      for (let customer = 0; customer < customers.size; customer += 1) {
        if (askings.get(customer) > 0) asked += 1;
        if (askings.get(customer) > 1) again += 1;
      }
      return { asked, again };
    },
  };
}

/** Stands for the id of some other ticket: no id is empty. */
const another = "";
