import type { Finding } from "#gate/finding.js";
import { deletionSigns } from "#model/deletion-signs.js";
import { type PersonalSink, personalFlows } from "#model/personal-sinks.js";
import type { Project } from "#model/project.js";
import { trainingCalls } from "#model/training-calls.js";
import { grouped, listed } from "./grouped.js";

/** Services that keep what they are told of a person, and models that may learn from it. */
export function receiverFindings(project: Project): Finding[] {
  return [...keptFindings(project), ...trainingFindings(project)];
}

/** Where no account is ever deleted, that is the finding: there is no deletion that could reach a service. */
function keptFindings(project: Project): Finding[] {
  if (!deletionSigns(project)) return [];
  const { sinks, forgetting } = personalFlows(project);
  const places = sinks
    .filter(
      (sink) =>
        isKept(sink) &&
        !forgetting.has(sink.receiver) &&
        !isOfCustomers.test(sink.in.path),
    )
    .map((sink) => ({
      ...{ path: sink.in.path, line: sink.line, isSure: true },
      subject: sink.receiver,
      note: `${sink.receiver} gets ${listed(sink.values.map(({ name }) => name))}.`,
    }));
  return grouped(project, places, (shown) => ({
    rule: "receivers-keep-data",
    message: `${listed(shown.map(({ subject }) => subject))} ${new Set(shown.map(({ subject }) => subject)).size > 1 ? "are" : "is"} told who a person is, and no deletion asks to forget it.`,
    fix: "Call the service's deletion of a person where an account is deleted, or send an id without name and address; where it is done by hand or by a short retention, attest it under complete-deletion in .vibegate.yml.",
    confidence: "likely",
  }));
}

/** Connections that the app's customers set up for themselves, to services of their own. */
const isOfCustomers =
  /(?:^|\/)(?:blocks?|forge|connectors?|plugins?|nodes|app-store|actions-library)\//;

function isKept({ kind, values }: PersonalSink): boolean {
  return (
    /^(?:analytics|errors|contacts)$/.test(kind) &&
    values.some((one) =>
      /^(?:name|contact|record|birth|address|health)$/.test(one.class),
    )
  );
}

function trainingFindings(project: Project): Finding[] {
  const places = trainingCalls(project).map((one) => ({
    ...{ path: one.path, line: one.line, subject: one.provider },
    note: one.why,
    isSure: one.isSure,
  }));
  return grouped(project, places, (shown) => ({
    rule: "model-may-train",
    message: `${shown.some(({ isSure }) => isSure) ? "Personal data goes" : "What people write may go"} to ${listed(shown.map(({ subject }) => subject))}: ${shown[0].note}`,
    fix: 'Ask for providers that keep nothing, such as provider: { data_collection: "deny" } with OpenRouter, or use an account whose terms exclude training and attest it under complete-deletion in .vibegate.yml.',
    confidence: shown.some(({ isSure }) => isSure) ? "likely" : "possible",
  }));
}
