import type { Needs } from "./check.js";
import { globMatcher } from "./glob.js";

/** Which files some check wants read: the union over all of them. */
export interface Wanted {
  /** Whether a path is wanted where the change touched it, or where everything is judged. */
  readonly inChange: (path: string) => boolean;
  /** Whether a path is wanted even where the change left it alone. */
  readonly anywhere: (path: string) => boolean;
  /** Whether a path is wanted as each commit left it; absent when no check looks at commits. */
  readonly inCommits?: (path: string) => boolean;
}

/**
 * The union of what checks need. Pictures, fonts, sound, archives and documents are no source: no check reads them,
 * whatever its globs say, and they are no gap.
 *
 * @throws RangeError when a pattern is too long.
 */
export function wantedBy(needs: readonly Needs[]): Wanted {
  const matcher = (some: readonly Needs[]) => {
    const matches = globMatcher([
      ...new Set(some.flatMap((need) => need.files)),
    ]);
    return (path: string) => !isMedia(path) && matches(path);
  };
  const withCommits = needs.filter(({ commits }) => commits === true);
  return {
    inChange: matcher(needs),
    anywhere: matcher(needs.filter(({ scope }) => scope === "repository")),
    ...(withCommits.length > 0 && { inCommits: matcher(withCommits) }),
  };
}

const media =
  /\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|heic|psd|ai|sketch|fig|woff2?|ttf|otf|eot|mp[34]|m4[av]|mov|avi|mkv|webm|wav|ogg|flac|pdf|docx?|xlsx?|pptx?|odt|epub|zip|t?gz|tgz|bz2|xz|7z|rar|jar|war|apk|aab|ipa|dmg|exe|dll|so|dylib|wasm|class|pyc|glb|fbx|blend|onnx|tflite|riv)$/i;

/** Whether a path names a file that is no text by its nature. */
function isMedia(path: string): boolean {
  return media.test(path);
}
