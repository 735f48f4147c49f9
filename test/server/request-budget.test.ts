import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type RunningGate, startGate } from "#support/running-gate.js";

let gate: RunningGate;

beforeAll(async () => {
  gate = await startGate();
  gate.github.createUser({ login: "vera" });
});

afterAll(async () => {
  await gate.stop();
});

function files(prefix: string, count: number, say: string) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `${prefix}/module-${String(n)}.ts`,
      `export const n${String(n)} = "${say}";\n`,
    ]),
  );
}

/** Requests of the server while something happens: tokens, queries and writes of check runs included. */
async function requestsDuring(act: () => Promise<unknown>): Promise<number> {
  const before = gate.github.requests.length;
  await act();
  await gate.settled();
  return gate.github.requests.length - before;
}

test("a pull request of thirty files in three commits costs at most 15 requests, a push of three files at most 10", async () => {
  const repository = await gate.github.createRepository({
    name: "large",
    files: { ...files("src/a", 60, "old"), ...files("src/b", 60, "old") },
  });
  for (const part of ["src/a", "src/b", "src/auth"])
    await repository.commit({
      branch: "change",
      files: files(part, 10, "new"),
      author: "vera",
    });

  let pull: Awaited<ReturnType<typeof repository.openPullRequest>> | undefined;
  const firstLook = await requestsDuring(async () => {
    pull = await repository.openPullRequest({ head: "change", author: "vera" });
  });
  const afterPush = await requestsDuring(async () => {
    await pull?.push({ files: files("src/a", 3, "newer") });
  });

  expect(gate.run(pull?.headSha ?? "").status).toBe("completed");
  expect(firstLook).toBeLessThanOrEqual(15);
  expect(afterPush).toBeLessThanOrEqual(10);
});
