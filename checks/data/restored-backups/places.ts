/** Words in a path that say that nobody's data is at stake. */
const notProduction =
  /(?:^|[/._-])(?:dev|develop|development|local|localhost|tests?|testing|staging|stage|sandbox|playground|preview|review|examples?|samples?|demos?|fixtures?|ci|e2e|qa|uat|override|devcontainer|node_modules|\.terraform)(?:[/._-]|$)/i;

/** Whether a file describes something that no user's data lives in. */
export function isForTrials(path: string): boolean {
  return notProduction.test(path);
}
