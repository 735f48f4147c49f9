import type { Confidence, Finding } from "#gate/finding.js";
import { fileSide } from "#model/file-side.js";
import { moduleEdges } from "#model/module-edges.js";
import { marksOf, type Project } from "#model/project.js";
import { isAdminAddress, isAdminRoute, namesAdmin } from "./admin-paths.js";
import type { AdminMark } from "./marks.js";

/** The check's slug, under which its marks are kept. */
export const checkName = "admin-second-factor";

/** Something at a line of a file. */
interface Place {
  readonly path: string;
  readonly line: number;
  readonly name: string;
}

type Places = Readonly<Record<AdminMark["kind"], readonly Place[]>>;

/** What speaks against the admins' part of the app; undefined where it has none. */
export function adminFindings(project: Project): Finding[] | undefined {
  const places = placesOf(project);
  const surfaces = [...routeFiles(project), ...places.surface];
  if (surfaces.length === 0 && places.role.length === 0) return undefined;
  return [
    ...factorFindings(project, places, surfaces),
    ...(surfaces.length > 0 ? discoveryFindings(project, places) : []),
  ];
}

function placesOf(project: Project): Places {
  const places: Record<AdminMark["kind"], Place[]> = {
    surface: [],
    role: [],
    factor: [],
    demand: [],
    link: [],
    listed: [],
  };
  for (const facts of project.files.values()) {
    const { path } = facts;
    const marks = marksOf<AdminMark>(facts, checkName);
    if (marks.length === 0) continue;
    const runtime = fileSide(project, path);
    for (const { kind, line, name } of marks) {
      const counts =
        kind === "listed" || kind === "factor" || runtime !== "aside";
      if (counts && (kind !== "role" || runtime === "server"))
        places[kind].push({ path, line, name });
    }
  }
  return places;
}

function routeFiles(project: Project): Place[] {
  return [...project.files.values()].flatMap(({ path, code }) =>
    code !== undefined &&
    isAdminRoute(path) &&
    !/(?:^|\/)(?:loading|error|not-found|template)\.\w+$/.test(path) &&
    fileSide(project, path) !== "aside"
      ? [{ path, line: 1, name: path }]
      : [],
  );
}

function factorFindings(
  project: Project,
  places: Places,
  surfaces: readonly Place[],
): Finding[] {
  if (places.demand.length > 0 || isDemandedByRows(project)) return [];
  const found = surfaces.length > 0 ? surfaces : places.role;
  const confidence = surfaces.length > 0 ? "likely" : "possible";
  const [factor] = places.factor;
  if (factor === undefined)
    return [
      statement("no-second-factor", found, {
        message: `The admins' part of this app (${describe(found)}) asks for no second factor: one stolen password or session opens all of it.`,
        fix: "Demand a second factor in the guard of the admin routes (Supabase aal2, Clerk reverification, Better Auth twoFactor, a passkey …), or attest in .vibegate.yml that the provider enforces it.",
        confidence,
      }),
    ];
  return [
    statement("second-factor-optional", [...found, factor], {
      message: `A second factor is there (${factor.name}), and no guard of the admins' part asks whether it was passed.`,
      fix: "Test it in the guard of the admin routes and turn away whoever has not passed it, or attest that the provider enforces it.",
      confidence: "possible",
    }),
  ];
}

/** Row policies that let an administrator in only at the second level. */
function isDemandedByRows({ snapshot }: Project): boolean {
  return snapshot.files.some(
    ({ path, text }) =>
      path.endsWith(".sql") && /['"]aal['"][^;]{0,40}['"]aal2['"]/.test(text),
  );
}

function describe([first, ...others]: readonly Place[]): string {
  if (first === undefined) return "";
  return others.length === 0
    ? first.name
    : `${first.name} and ${String(others.length)} more`;
}

function discoveryFindings(project: Project, places: Places): Finding[] {
  const links = places.link.filter(
    ({ path }) => !belongsToAdmins(project, path, 4),
  );
  const listed = [...places.listed, ...listedInText(project)];
  return [
    ...(links.length > 0
      ? [
          statement("public-link", links, {
            message: `The way to the admins' part (${links[0]?.name ?? ""}) is shown to everybody: no test of the visitor's role stands before this link.`,
            fix: "Render the link only for somebody whom the server knows as an administrator, or leave it out and let admins type the address.",
            confidence: "likely",
          }),
        ]
      : []),
    ...(listed.length > 0
      ? [
          statement("listed-for-crawlers", listed, {
            message:
              "This file, which everybody may read, names the address of the admins' part.",
            fix: "Take the address out and send an X-Robots-Tag: noindex header (or a 404 to strangers) from the admin pages themselves.",
            confidence: "likely",
          }),
        ]
      : []),
  ];
}

/** Whether a file is the admins' own, or only such files load it. */
function belongsToAdmins(
  project: Project,
  path: string,
  depth: number,
): boolean {
  if (namesAdmin(path)) return true;
  if (depth === 0) return false;
  const importers = moduleEdges(project).importers.get(path) ?? [];
  return (
    importers.length > 0 &&
    importers.length <= 50 &&
    importers.every(
      ({ from }) => from !== path && belongsToAdmins(project, from, depth - 1),
    )
  );
}

/** `Disallow: /admin` in robots.txt, `<loc>…/admin</loc>` in a sitemap. */
function listedInText({ snapshot }: Project): Place[] {
  return snapshot.files.flatMap(({ path, text }) => {
    if (!/(?:^|\/)(?:robots\.txt|sitemap[\w-]*\.xml)$/.test(path)) return [];
    return text.split("\n").flatMap((line, index) => {
      const named = /^\s*(?:dis)?allow:\s*(\S+)|<loc>\s*([^<\s]+)/i.exec(line);
      const address = named?.[1] ?? named?.[2] ?? "";
      return isAdminAddress(address)
        ? [{ path, line: index + 1, name: address }]
        : [];
    });
  });
}

function statement(
  rule: string,
  places: readonly Place[],
  said: {
    readonly message: string;
    readonly fix: string;
    readonly confidence: Confidence;
  },
): Finding {
  const [first, ...others] = places as readonly [Place, ...Place[]];
  return {
    rule,
    path: first.path,
    lines: { start: first.line, end: first.line },
    ...said,
    identity: rule,
    evidence: others
      .slice(0, 8)
      .map(({ path, line, name }) => ({ path, line, note: name })),
  };
}
