import { note, type Terminal } from "./terminal.ts";

/** One line that says how far the work is. */
export interface Progress {
  /** Replaces what stands behind the label. */
  show(text: string): void;
  /** Writes a line that stays, above it. */
  note(line: string): void;
  /** Takes the line away. */
  end(): void;
}

const everyMs = 1_000;
const clearLine = "\r\u001b[K";

/** Shows the label and the seconds since, on stderr and only where that is a terminal; elsewhere only notes are written. */
export function progress(terminal: Terminal, label: string): Progress {
  const { stderr } = terminal;
  if (stderr.isTTY !== true) return { show() {}, note: (line) => note(terminal, line), end() {} };
  const beganAt = performance.now();
  let shown = "";
  const draw = () => {
    const seconds = Math.floor((performance.now() - beganAt) / 1_000);
    stderr.write(`${clearLine}${label}${shown}${seconds > 0 ? ` (${seconds} s)` : ""}`);
  };
  draw();
  const timer = setInterval(draw, everyMs);
  timer.unref();
  return {
    show(text) {
      shown = ` ${text}`;
      draw();
    },
    note(line) {
      stderr.write(clearLine);
      note(terminal, line);
      draw();
    },
    end() {
      clearInterval(timer);
      stderr.write(clearLine);
    },
  };
}
