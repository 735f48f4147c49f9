import { jsonValue, valueAt } from "#parse/json-value.js";
import { foldersUp, parentFolder } from "./paths.js";
import type { Project } from "./project.js";

/** Names that a page's file exports or defines for the server alone. */
export const serverFunctionName =
  /^(?:loader|action|headers|middleware|getServerSideProps|getStaticProps|getStaticPaths|getInitialProps|generateMetadata|generateStaticParams)$/;

/** Whether a file draws a page on both sides: the server runs it first, then the browser; or a screen of a phone's app. */
export function isDrawnInBrowser(project: Project, path: string): boolean {
  const facts = project.files.get(path);
  if (!facts?.code?.hasMarkup || facts.kind !== "code") return false;
  if (/(?:^|\/)app\/(?:routes\/.+|root)\.[jt]sx$/.test(path))
    return hasPackage(project, path, routerPackages);
  if (/(?:^|\/)pages\/.+\.[jt]sx$/.test(path)) {
    const names = facts.module?.exports.map(({ name }) => name) ?? [];
    return names.some((name) => serverFunctionName.test(name));
  }
  return (
    /(?:^|\/)(?:app|src|screens|components)\/.+\.[jt]sx$/.test(path) &&
    hasPackage(project, path, phonePackages)
  );
}

const routerPackages = /^(?:@remix-run\/|react-router$|@react-router\/)/;
const phonePackages = /^(?:expo|react-native|expo-router)$/;

const known = new WeakMap<Project, Map<string, readonly string[]>>();

/** Whether the nearest manifest above a file lists a package. */
function hasPackage(project: Project, path: string, wanted: RegExp): boolean {
  for (const folder of foldersUp(parentFolder(path))) {
    const names = packagesIn(project, folder);
    if (names) return names.some((name) => wanted.test(name));
  }
  return false;
}

function packagesIn(
  project: Project,
  folder: string,
): readonly string[] | undefined {
  let manifests = known.get(project);
  if (!manifests) {
    manifests = new Map(
      project.snapshot.files.flatMap(({ path, text }) =>
        /(?:^|\/)package\.json$/.test(path)
          ? [[parentFolder(path), listed(path, text)] as const]
          : [],
      ),
    );
    known.set(project, manifests);
  }
  return manifests.get(folder);
}

function listed(path: string, text: string): readonly string[] {
  const manifest = jsonValue(text);
  const found = valueAt(manifest, "dependencies");
  return found?.kind === "object" ? found.entries.map(({ key }) => key) : [];
}
