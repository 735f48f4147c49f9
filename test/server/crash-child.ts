// A front door on a store, in a process that a test may kill. Takes the data directory and the secret as arguments.
import { openSqliteKeeper } from "#queue/sqlite-keeper.js";
import { FrontDoor } from "#server/front-door.js";
import { createHttpServer, listen } from "#server/http-server.js";
import { ingest } from "#server/ingest.js";
import { createLog } from "#server/log.js";
import { Metrics } from "#server/metrics.js";
import { Secret } from "#server/secret.js";

const [directory = "", secret = ""] = process.argv.slice(2);
const keeper = openSqliteKeeper(directory, {
  now: Date.now,
  leaseMs: 60_000,
  groupCap: 2,
  merge: (_earlier, later) => later,
});
const log = createLog("silent", []);
const metrics = new Metrics();
const frontDoor = new FrontDoor({
  path: "/",
  secrets: [new Secret(secret)],
  store: (delivery) =>
    ingest(delivery, {
      appId: 1,
      queue: keeper.queue,
      log,
      metrics,
      onWanted: () => undefined,
      now: Date.now,
    }),
  log,
  metrics,
});
const server = createHttpServer(new Map([["/", frontDoor.handle]]));
process.stdout.write(`${String(await listen(server, 0, "127.0.0.1"))}\n`);
