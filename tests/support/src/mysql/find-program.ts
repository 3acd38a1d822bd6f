import { spawnSync } from "node:child_process";
import { aptInstall, mayAptInstall } from "../apt-install.ts";

/** MariaDB or MySQL as this machine has it. */
export interface MysqlProgram {
  readonly kind: "mariadb" | "mysql";
  /** The server itself. */
  readonly server: string;
  /** What fills a new data folder; MySQL's server does it by itself. */
  readonly installer: string | null;
  readonly version: string;
}

const folders = ["", "/usr/sbin/", "/usr/bin/", "/usr/libexec/", "/usr/local/bin/", "/opt/homebrew/bin/"];

/**
 * A server that tests may start: of this machine, else, as root on Debian or Ubuntu, one that apt-get installs (said so on
 * the console).
 * @throws Error that says how to get one
 */
export function findMysqlProgram(): MysqlProgram {
  const found = installed() ?? installedByApt();
  if (found !== null) return found;
  throw new Error(
    [
      "These tests need MySQL 8 or MariaDB 10.6, or newer, and found none. Do one of:",
      "  - set MYSQL_URL to a server whose user may create databases, e.g. mysql://root:secret@localhost:3306",
      "  - install one, e.g. apt-get install mariadb-server or brew install mariadb; it need not be running",
    ].join("\n"),
  );
}

function installedByApt(): MysqlProgram | null {
  if (!mayAptInstall()) return null;
  aptInstall("mariadb-server");
  return installed();
}

function installed(): MysqlProgram | null {
  for (const name of ["mariadbd", "mysqld"])
    for (const folder of folders) {
      const program = programAt(`${folder}${name}`);
      if (program !== null) return program;
    }
  return null;
}

function programAt(server: string): MysqlProgram | null {
  const { stdout, status } = spawnSync(server, ["--no-defaults", "--version"], { encoding: "utf8" });
  const version = status === 0 ? /Ver (\d[\d.]*)/.exec(stdout)?.[1] : undefined;
  if (version === undefined) return null;
  if (!/mariadb/i.test(stdout)) return { kind: "mysql", server, installer: null, version };
  for (const name of ["mariadb-install-db", "mysql_install_db"])
    for (const folder of folders) {
      const installer = `${folder}${name}`;
      if (spawnSync(installer, ["--help"], { stdio: "ignore" }).error === undefined)
        return { kind: "mariadb", server, installer, version };
    }
  return null;
}
