import express from "express";
import { userOf } from "./auth";
import { updateTicket } from "./update-ticket";

export const app = express();

app.use(express.json());

app.put("/tickets/:ticketId", (request, response, next) => {
  const update = async () => {
    const user = await userOf(request.headers.authorization);
    if (user === null) return response.sendStatus(401);
    return response.json(await updateTicket(user, Number(request.params.ticketId), request.body));
  };
  update().catch(next);
});
