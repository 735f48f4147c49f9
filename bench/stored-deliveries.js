import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";

/** How many deliveries the server's store holds: the database, where there is one, else the file in its folder. */
export async function storedDeliveries(folder, databaseUrl) {
  if (databaseUrl) {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query(
      "SELECT count(*) AS count FROM vibegate.deliveries",
    );
    await client.end();
    return Number(rows[0].count);
  }
  const store = new DatabaseSync(join(folder, "vibegate.sqlite"), {
    readOnly: true,
  });
  const { count } = store
    .prepare("SELECT count(*) AS count FROM deliveries")
    .get();
  store.close();
  return count;
}
