import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { forms, readForm } from "./read-body.ts";
import { refuse } from "./refuse.ts";
import { userCookie, users } from "./users.ts";

/** The user menu. It stands before the check of who is asking, so that a wrong cookie can be replaced. */
export function sessionRoutes() {
  const routes = new Hono();
  routes.post("/session", async (context) => {
    const { user, back } = await readForm(context, forms.session);
    if (!users.some(({ id }) => id === user))
      refuse(400, "invalid_input", "Choose one of the users in the menu.");
    setCookie(context, userCookie, user, { path: "/", httpOnly: true, sameSite: "Lax" });
    return context.redirect(back, 303);
  });
  return routes;
}
