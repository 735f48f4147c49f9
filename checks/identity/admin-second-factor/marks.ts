/** What a file shows of admin pages and second factors, noted while its tree is at hand. */
export interface AdminMark {
  readonly [key: string]: string | number;
  /**
   * `surface`: a route of the admins. `role`: a test of somebody's role. `factor`: code of a second factor. `demand`: a
   * test whether it was passed, where admins are spoken of. `link`: the way in, shown without such a test. `listed`: the
   * way in, told to search engines.
   */
  readonly kind: "surface" | "role" | "factor" | "demand" | "link" | "listed";
  readonly line: number;
  readonly name: string;
}
