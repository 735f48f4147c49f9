import { type Command, Option } from "commander";
import type { AuditFormat } from "./ops-audit-trail.js";

/** Adds `ops audit-trail`. @param finish - Told how the command ended. */
export function addOpsAuditTrail(
  ops: Command,
  finish: (exitCode: number) => void,
): void {
  ops
    .command("audit-trail")
    .summary("print who lifted the gate, and what went around it")
    .description(
      "Prints every bypass, every refused one, and everything that was merged or pushed around the gate, from the store in DATA_DIR.",
    )
    .addOption(
      new Option("--format <format>", "form of the answer")
        .choices(["pretty", "json"])
        .default("pretty"),
    )
    .exitOverride()
    .action(async ({ format }: { readonly format: AuditFormat }) => {
      const { opsAuditTrail } = await import("./ops-audit-trail.js");
      finish(await opsAuditTrail(process.env["DATA_DIR"] ?? "data", format));
    });
}
