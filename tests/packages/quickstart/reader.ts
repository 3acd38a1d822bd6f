import { strict as assert } from "node:assert";
import { join } from "node:path";
import type { BareProject } from "../bare-project.ts";
import type { PageStep } from "./page-steps.ts";
import { openWindow, type ShellWindow } from "./terminal.ts";

/** Someone at two terminals, who follows the steps of a page. A command that `goesOn` matches is left running. */
export function newReader(project: BareProject, goesOn: RegExp) {
  const scratch = project.folder;
  let folder = project.folder;
  const windows = new Map<string, ShellWindow>();
  let ran = "nothing ran yet.";
  let shown = "";
  const windowOf = (name: string) => {
    const open = windows.get(name) ?? openWindow({ name, folder, scratch, environment: project.environment });
    windows.set(name, open);
    return open;
  };
  const close = async (name: string) => {
    await windows.get(name)?.close();
    windows.delete(name);
  };
  const follow = async (step: PageStep) => {
    switch (step.kind) {
      case "file":
        ran = `saving ${step.path}`;
        project.write({ [join(folder.slice(project.folder.length), step.path)]: step.text });
        return;
      case "interrupt":
        ran = "Ctrl-C";
        await close("first");
        return;
      case "commands": {
        ran = step.text;
        const made = /^mkdir (\S+) && cd \1$/m.exec(step.text)?.[1];
        if (goesOn.test(step.text)) windowOf(step.terminal).leaveRunning(step.text);
        else shown = await windowOf(step.terminal).type(step.text);
        // The second terminal is opened in the folder, too.
        if (made !== undefined) folder = join(folder, made);
        return;
      }
      case "seen":
        if (step.terminal === "first") await windowOf("first").shows(step.lines);
        else for (const line of step.lines) assert.ok(shown.includes(line), `${line} is not in:\n${shown}`);
        return;
      default:
        step satisfies never;
    }
  };
  return {
    follow,
    whatRan: () => ran,
    leave: async () => {
      for (const name of windows.keys()) await close(name);
    },
  };
}
