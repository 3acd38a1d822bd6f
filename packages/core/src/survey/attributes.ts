import { foreignText } from "../error-kind.ts";
import { cutText, isBlank, oneLine } from "./clean-text.ts";

/** What a host tells about a ticket for rules and slices, by name; a set is a list. */
export type Attributes = Readonly<Record<string, string | readonly string[]>>;

/** What is kept of what a host gave, and what is not. */
export interface ReadAttributes {
  /** Frozen, and without a prototype: `attributes.constructor` is an attribute or undefined. */
  readonly attributes: Attributes;
  /** Names of what was left out whole or in part, fit for a log, 20 at most; `(all)` for what is no object of names. */
  readonly dropped: readonly string[];
}

/** What an attribute may be called. */
export const attributeName = /^[a-z][a-z0-9_]{0,39}$/;

/** Most names of a ticket, most values of a set, most octets of UTF-8 in all, names and values together. */
const attributeLimits = { names: 8, values: 10, octets: 1_000 } as const;

const longestName = 40;
const mostDropped = 20;
/** Of a set; nulls and repeats stand between its values. */
const mostLookedAt = 100;

/** The values of one attribute, before any limit. */
interface GivenValues {
  readonly texts: readonly string[];
  readonly isSet: boolean;
  /** False when something of it is no value that can be kept. */
  readonly isWhole: boolean;
}

/**
 * Reads what a host gave, whatever it is; never throws. Numbers and booleans become text, each text one line without
 * control characters; null, undefined and blank texts are no values. What exceeds `attributeLimits` is dropped from the
 * end: of the names in the order of the object, of a set in its own. A single value is kept whole or not at all.
 */
export function readAttributes(value: unknown): ReadAttributes {
  const attributes: Record<string, string | readonly string[]> = Object.create(null);
  const names = namesOf(value);
  const dropped = new Set(names === null ? ["(all)"] : []);
  let octetsLeft: number = attributeLimits.octets;
  let namesLeft: number = attributeLimits.names;
  for (const name of names ?? []) {
    if (namesLeft === 0 && dropped.size === mostDropped) break;
    const { texts, isSet, isWhole } = givenValues(value, name);
    if (texts.length === 0 && isWhole) continue;
    const isUsable = attributeName.test(name) && namesLeft > 0;
    const fitting = isUsable ? fittingTexts(texts, octetsLeft - name.length) : [];
    const [first] = fitting;
    if (first !== undefined) {
      attributes[name] = isSet ? Object.freeze(fitting) : first;
      octetsLeft -= name.length + sumOf(fitting);
      namesLeft -= 1;
    }
    if (isWhole && fitting.length === texts.length) continue;
    if (dropped.size < mostDropped) dropped.add(nameForLog(name));
    // Dropped from the end: behind what found no room nothing else has any.
    if (isUsable && fitting.length < Math.min(texts.length, attributeLimits.values)) namesLeft = 0;
  }
  return { attributes: Object.freeze(attributes), dropped: [...dropped] };
}

/** Null for what is no object of names: a text, a list, a Map, a proxy that refuses. */
function namesOf(value: unknown): readonly string[] | null {
  if (value === null || value === undefined) return [];
  try {
    const isObject = Object.prototype.toString.call(value) === "[object Object]";
    return isObject ? Object.keys(value) : null;
  } catch {
    return null;
  }
}

function givenValues(holder: unknown, name: string): GivenValues {
  try {
    const value: unknown = Reflect.get(Object(holder), name);
    const isSet = Array.isArray(value);
    const listed: readonly unknown[] = isSet ? value.slice(0, mostLookedAt) : [value];
    const read = listed.map(textOf);
    const texts = read.filter((text) => text !== null).filter((text) => text !== "");
    const isWhole = !read.includes(null) && !(isSet && value.length > mostLookedAt);
    return { texts: [...new Set(texts)], isSet, isWhole };
  } catch {
    // A getter of the host's threw.
    return { texts: [], isSet: false, isWhole: false };
  }
}

/** Empty for no value, null for what no rule can compare. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null;
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  // A longer one does not fit, however much of it is white space.
  if (typeof value !== "string" || value.length > 4 * attributeLimits.octets) return null;
  return isBlank(value) ? "" : oneLine(value);
}

/** The first of them that have room together. */
function fittingTexts(texts: readonly string[], octets: number): readonly string[] {
  const room = texts.slice(0, attributeLimits.values);
  while (room.length > 0 && sumOf(room) > octets) room.pop();
  return room;
}

function sumOf(texts: readonly string[]): number {
  return new TextEncoder().encode(texts.join("")).length;
}

/** A host may have named its fields after its customers. */
function nameForLog(name: string): string {
  return cutText({ text: foreignText(name), maxLength: longestName }) || "(blank)";
}
