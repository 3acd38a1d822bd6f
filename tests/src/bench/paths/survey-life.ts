import { benchDesk, comment, keepingMailer, resolved } from "../bench-desk.ts";
import type { Bench, BenchPath } from "../bench-path.ts";
import { costedPool, type DatabaseCost } from "../database-cost.ts";

/** Of a survey's whole life: resolved by itself, mailed, opened, answered, its event delivered, its counts folded. */
export const surveyLifeCpu: BenchPath = {
  id: "life-cpu",
  title: "database CPU of a survey's life, resolved one by one and answered",
  rawSide: null,
  unit: "ms",
  goal: { of: "value", atMost: 3 },
  measure: async (bench) => {
    const lives: Life[] = [];
    for (let round = 0; round <= bench.rounds; round++) lives.push(await live(bench, round));
    const counted = lives.slice(1);
    return {
      rounds: counted.map(({ steps }) => ({
        ours: sum(steps, ({ cpuMs }) => cpuMs ?? Number.NaN),
        raw: null,
      })),
      notes: [inWords(counted)],
    };
  },
};

/** The statements of the same life. */
export const surveyLifeStatements: BenchPath = {
  ...surveyLifeCpu,
  id: "life-statements",
  title: "statements of a survey's life",
  unit: "statements",
  goal: { of: "value", atMost: 9 },
  measure: async (bench) => {
    const { steps } = await live(bench, 0);
    return { rounds: [{ ours: sum(steps, ({ statements }) => statements), raw: null }], notes: [] };
  },
};

interface Life {
  /** Each per survey. */
  readonly steps: readonly (DatabaseCost & { readonly step: string })[];
}

async function live(bench: Bench, round: number): Promise<Life> {
  const { pool, costOf } = costedPool(bench.url);
  const surveys = bench.sized(300);
  const steps: Life["steps"][number][] = [];
  try {
    const mailer = keepingMailer();
    const csat = await benchDesk(pool, {
      mailer,
      // What a delivery costs the network is the receiver's affair: this one takes every event at once.
      webhooks: {
        endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com/csat" }],
        deliver: async () => ({ ok: true }),
      },
    });
    const measure = async (step: string, work: () => Promise<unknown>) => {
      const { statements, cpuMs } = await costOf(work);
      steps.push({ step, statements: statements / surveys, cpuMs: cpuMs === null ? null : cpuMs / surveys });
    };
    await measure("resolve", async () => {
      for (let place = 0; place < surveys; place++)
        await csat.ticketResolved(resolved(`${round}-${place}`, place));
    });
    await measure("send, and fold", () => csat.runDue());
    await measure("open the page", async () => {
      for (const token of mailer.tokens) await csat.openSurvey(token);
    });
    await measure("answer", async () => {
      for (const [place, token] of mailer.tokens.entries())
        await csat.submitResponse({ token, rating: place % 5 === 0 ? 2 : 5, comment });
    });
    await measure("deliver, and fold", () => csat.runDue());
  } finally {
    await pool.end();
  }
  return { steps };
}

function inWords(lives: readonly Life[]): string {
  const steps = lives[0]?.steps ?? [];
  return steps
    .map(({ step, statements }, place) => {
      const cpuMs = lives.map((life) => life.steps[place]?.cpuMs ?? Number.NaN);
      const mean = cpuMs.reduce((whole, one) => whole + one, 0) / cpuMs.length;
      return `${step}: ${statements.toFixed(2)} statements, ${mean.toFixed(2)} ms`;
    })
    .join("; ");
}

function sum<Part>(parts: readonly Part[], of: (part: Part) => number): number {
  return parts.reduce((whole, part) => whole + of(part), 0);
}
