import "@csat/ui/element";
import "./csat-view-jsx.ts";
import type { CsatErrorEvent, CsatNavigateEvent } from "@csat/ui/element";
import { useCallback, useState } from "react";

const views = {
  Dashboard: "/csat/api/analytics",
  Settings: "/csat/api/settings",
  "Ticket T-1": "/csat/api/tickets/T-1",
};
type ViewName = keyof typeof views;
// Those are all the names it has.
const names = Object.keys(views) as ViewName[];

/** A helpdesk's page around the views. */
export function App() {
  const [name, setName] = useState<ViewName>("Dashboard");
  const [user, setUser] = useState("olivia");
  const [title, setTitle] = useState("");
  const [error, setError] = useState<string | null>(null);

  // Asked before each request, so a token that was renewed meanwhile is the one that is sent.
  const headers = useCallback(async () => ({ authorization: `Bearer ${user}` }), [user]);
  const arrived = ({ detail }: CsatNavigateEvent) => {
    setTitle(detail.title);
    setError(null);
  };
  const failed = ({ detail }: CsatErrorEvent) => setError(detail.message);

  return (
    <>
      <header>
        <nav aria-label="Views">
          {names.map((each) => (
            <button
              key={each}
              type="button"
              aria-current={each === name ? "page" : undefined}
              onClick={() => setName(each)}
            >
              {each}
            </button>
          ))}
          <label>
            Signed in as{" "}
            <select value={user} onChange={({ target }) => setUser(target.value)}>
              <option value="olivia">Olivia, owner</option>
              <option value="bob">Bob, operator</option>
              <option value="">nobody</option>
            </select>
          </label>
        </nav>
        <p>
          Shown: <output>{title}</output>
        </p>
        {error === null ? null : <p className="error">The view says: {error}</p>}
      </header>
      <main>
        {/* Whoever signs in gets an element of their own: nothing that the one before saw stays. */}
        <csat-view
          key={user}
          src={views[name]}
          headers={headers}
          oncsat-navigate={arrived}
          oncsat-error={failed}
        />
      </main>
    </>
  );
}
