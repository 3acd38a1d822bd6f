/** One command of a shell block: its words, and its line, counted from 0. */
export interface ShellCommand {
  readonly line: number;
  readonly words: readonly string[];
}

/**
 * The commands of a block, those in `$(…)` included: enough of the shell's grammar for samples. Comments, assignments
 * and what stands behind a redirection are left out; a line that ends in a backslash goes on.
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let pending = "";
  let start = 0;
  for (const [line, content] of text.split("\n").entries()) {
    if (pending === "") start = line;
    pending += content;
    if (/\\\s*$/.test(pending)) {
      pending = pending.replace(/\\\s*$/, " ");
      continue;
    }
    for (const part of partsOf(pending)) {
      const words = part.filter((word, index) => !isAssignment(word, part.slice(0, index)));
      if (words.length > 0) commands.push({ line: start, words });
    }
    pending = "";
  }
  return commands;
}

function isAssignment(word: string, before: readonly string[]): boolean {
  return /^[A-Za-z_]\w*=/.test(word) && before.every((earlier) => /^[A-Za-z_]\w*=/.test(earlier));
}

const token = /'[^']*'|"(?:\\.|[^"\\])*"|\$\(|[|&;()]+|#.*$|(?:\\.|[^\s'"|&;()#$]|\$(?!\()|(?<=\S)#)+|\s+/g;

function partsOf(line: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  let word = "";
  const endWord = () => {
    if (word !== "") parts.at(-1)?.push(word);
    word = "";
  };
  for (const [piece] of line.matchAll(token)) {
    if (/^\s/.test(piece)) endWord();
    else if (piece.startsWith("#") && word === "") break;
    else if (/^(\$\(|[|&;()]+)$/.test(piece)) {
      endWord();
      parts.push([]);
    } else word += piece.replace(/^(['"])(.*)\1$/s, "$2");
  }
  endWord();
  return parts.map(withoutRedirections).filter((part) => part.length > 0);
}

function withoutRedirections(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => !/^\d?[<>]/.test(word) && !/^\d?[<>]+$/.test(words[index - 1] ?? ""));
}
