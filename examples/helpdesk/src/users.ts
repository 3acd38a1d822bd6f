import { parse } from "hono/utils/cookie";

/** Somebody who works at one of the two demo companies. */
export interface DemoUser {
  readonly id: string;
  readonly name: string;
  readonly role: "owner" | "admin" | "operator";
  readonly workspaceId: string;
}

/** Carries the id of the caller, for programs. It wins over the cookie. */
const userHeader = "x-demo-user";
/** Keeps the id that somebody chose from the menu, for browsers. */
export const userCookie = "demo-user";

/** Everybody there is. A real helpdesk has accounts and sessions instead. */
export const users: readonly DemoUser[] = [
  { id: "olivia", name: "Olivia Stone", role: "owner", workspaceId: "acme" },
  { id: "adam", name: "Adam Reyes", role: "admin", workspaceId: "acme" },
  { id: "bob", name: "Bob Tanaka", role: "operator", workspaceId: "acme" },
  { id: "carol", name: "Carol Weiss", role: "operator", workspaceId: "acme" },
  { id: "zoe", name: "Zoe Lindqvist", role: "owner", workspaceId: "globex" },
];

const workspaceNames: Readonly<Record<string, string>> = { acme: "Acme", globex: "Globex" };

/** The company's name as customers read it; the id where none is known. */
export function workspaceName(workspaceId: string): string {
  return workspaceNames[workspaceId] ?? workspaceId;
}

/** One user of a workspace; null for an unknown id and for somebody of another workspace. */
export function userOf(workspaceId: string, userId: string): DemoUser | null {
  return users.find((user) => user.id === userId && user.workspaceId === workspaceId) ?? null;
}

/** Who is asking: by header, else by cookie, else Olivia. Null for an id that nobody has. */
export function callerOf(headers: Headers): DemoUser | null {
  const cookie = parse(headers.get("cookie") ?? "", userCookie)[userCookie];
  const id = headers.get(userHeader) ?? cookie ?? "olivia";
  return users.find((user) => user.id === id) ?? null;
}

/** True for those who may read and change the survey settings. */
export function mayManageSurveys(user: DemoUser): boolean {
  return user.role !== "operator";
}
