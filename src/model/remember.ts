/** What a function of a project answers for a file and a name. */
type Answer<Of extends object, Result> = (
  project: Of,
  path: string,
  name: string,
) => Result;

/**
 * The same function, which works out each answer once a project. A project does not change, so neither do the answers.
 */
export function remember<Of extends object, Result>(
  workOut: Answer<Of, Result>,
): Answer<Of, Result> {
  const known = new WeakMap<Of, Map<string, Map<string, Result>>>();
  return (project, path, name) => {
    const files = known.get(project) ?? new Map<string, Map<string, Result>>();
    if (files.size === 0) known.set(project, files);
    const names = files.get(path) ?? new Map<string, Result>();
    if (names.size === 0) files.set(path, names);
    const before = names.get(name);
    if (before !== undefined || names.has(name)) return before as Result;
    const result = workOut(project, path, name);
    names.set(name, result);
    return result;
  };
}
