import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { JudgeMessage, JudgeRequest } from "./request.js";

enableCompileCache();
/** Loaded while the request is still on its way. */
const loaded = Promise.all([
  import("./judge-folder.js"),
  import("./refusal.js"),
]);
// Told with the request's answer, if there ever is a request.
loaded.catch(() => undefined);

/** What the analysing thread does with a request, told as messages. */
async function answer(request: JudgeRequest): Promise<void> {
  const [{ judgeFolder }, { refusalOf }] = await loaded;
  try {
    const { judged, keep } = await judgeFolder(request, (doing) => {
      say({ kind: "progress", doing });
    });
    say({ kind: "judged", judged });
    keep();
  } catch (error) {
    const sentence = refusalOf(error);
    if (sentence === undefined) throw error;
    say({ kind: "refused", sentence });
  }
}

function say(message: JudgeMessage): void {
  parentPort?.postMessage(message);
}

// Goes on listening: the process ends when it is told to, for a thread that ended by itself could take its last words with it.
parentPort?.on("message", (request: JudgeRequest) => {
  answer(request)
    .catch((error: unknown) => {
      const stack = error instanceof Error ? error.stack : undefined;
      say({ kind: "crashed", stack: stack ?? String(error) });
    })
    .finally(() => {
      say({ kind: "finished" });
    });
});
