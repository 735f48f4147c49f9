import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { JudgeMessage, JudgeRequest } from "./request.js";

/** What the analysing thread runs: one request, told as messages. */
async function answer(request: JudgeRequest): Promise<JudgeMessage> {
  // Loaded here, so that a thread that is only told to stop has loaded nothing.
  const [{ judgeFolder }, { refusalOf }] = await Promise.all([
    import("./judge-folder.js"),
    import("./refusal.js"),
  ]);
  try {
    const judged = await judgeFolder(request, (doing) => {
      say({ kind: "progress", doing });
    });
    return { kind: "judged", judged };
  } catch (error) {
    const sentence = refusalOf(error);
    if (sentence === undefined) throw error;
    return { kind: "refused", sentence };
  }
}

function say(message: JudgeMessage): void {
  parentPort?.postMessage(message);
}

enableCompileCache();
answer(workerData as JudgeRequest).then(say, (error: unknown) => {
  const stack = error instanceof Error ? error.stack : undefined;
  say({ kind: "crashed", stack: stack ?? String(error) });
});
