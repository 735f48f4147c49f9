import { spawn } from "node:child_process";
import { createServer, request as ask } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { LocalGitHub } from "#support/local-github/local-github.js";
import {
  removeTemporaryFolders,
  temporaryFolder,
} from "#support/local-repository.js";

afterAll(removeTemporaryFolders);

const program = fileURLToPath(
  new URL("../../../bin/vibegate.js", import.meta.url),
);

/** A proxy that leads everything to one place, whatever host is asked for. */
async function proxyTo(target: {
  readonly hostname: string;
  readonly port: number;
}) {
  const asked: string[] = [];
  const server = createServer((from, to) => {
    asked.push(new URL(from.url ?? "", "http://none").host);
    const { pathname, search } = new URL(from.url ?? "", "http://none");
    const onward = ask(
      {
        ...target,
        path: pathname + search,
        method: from.method,
        headers: from.headers,
      },
      (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      },
    );
    from.pipe(onward);
  });
  server.on("connect", (from, socket) => {
    asked.push(from.url ?? "");
    const onward = connect(target.port, target.hostname, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket);
      socket.pipe(onward);
    });
    socket.on("error", () => onward.destroy());
    onward.on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { asked, server, port: (server.address() as AddressInfo).port };
}

test("GitHub is reached through a proxy where the environment names one", async () => {
  const github = await LocalGitHub.start({
    webhookSecret: "0123456789abcdef".repeat(3),
  });
  const { GHE_HOST = "", ...variables } = github.environment;
  const { hostname, port } = new URL(`http://${GHE_HOST}`);
  const proxy = await proxyTo({ hostname, port: Number(port) });

  const child = spawn(process.execPath, [program, "doctor"], {
    env: {
      PATH: process.env["PATH"],
      ...variables,
      GHE_HOST: "github.corp.invalid",
      DATA_DIR: temporaryFolder(),
      HTTP_PROXY: `http://127.0.0.1:${String(proxy.port)}`,
      NODE_USE_ENV_PROXY: "1",
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((resolve) => child.once("exit", resolve));
  proxy.server.closeAllConnections();
  proxy.server.close();
  await github.stop();

  expect(output).toContain("The key belongs to the app vibegate");
  expect(new Set(proxy.asked)).toEqual(
    new Set([expect.stringMatching(/^github\.corp\.invalid/)]),
  );
});
