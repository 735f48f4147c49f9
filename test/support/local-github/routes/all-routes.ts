import { graphqlRoute } from "../graphql/execute.js";
import type { Route } from "../http/route.js";
import { appRoutes } from "./app-routes.js";
import { checkRunRoutes } from "./check-run-routes.js";
import { checkSuiteRoutes } from "./check-suite-routes.js";
import { gitRoutes } from "./git-routes.js";
import { pullRoutes } from "./pull-routes.js";
import { repositoryRoutes } from "./repository-routes.js";

/** Everything that is answered. */
export const allRoutes: readonly Route[] = [
  ...appRoutes,
  ...checkRunRoutes,
  ...checkSuiteRoutes,
  ...gitRoutes,
  ...pullRoutes,
  ...repositoryRoutes,
  graphqlRoute,
];
