import { createRequire } from "node:module";
import { TestEnvironment } from "jest-environment-node";

const require = createRequire(import.meta.url);

/**
 * Jest loads every module anew for each test file. A few take long, are the same for all, and keep nothing that a test could see:
 * those are loaded by Node itself, once in each of Jest's processes. The modules beside this one stand for them.
 */
export default class OncePerWorker extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.loadOncePerWorker = (name, from) =>
      from === undefined
        ? require(name)
        : createRequire(require.resolve(from))(name);
  }
}
