import { graphqlRoute } from "../graphql/execute.js";
import type { Route } from "../http/route.js";
import { appRoutes } from "./app-routes.js";
import { checkRunRoutes } from "./check-run-routes.js";
import { checkSuiteRoutes } from "./check-suite-routes.js";
import { commentRoutes } from "./comment-routes.js";
import { commitRoutes } from "./commit-routes.js";
import { contentRoutes } from "./content-routes.js";
import { gitRoutes } from "./git-routes.js";
import { hookRoutes } from "./hook-routes.js";
import { manifestRoutes } from "./manifest-routes.js";
import { peopleRoutes } from "./people-routes.js";
import { pullRoutes } from "./pull-routes.js";
import { repositoryRoutes } from "./repository-routes.js";
import { reviewerRoutes } from "./reviewer-routes.js";

/** Everything that is answered. */
export const allRoutes: readonly Route[] = [
  ...appRoutes,
  ...checkRunRoutes,
  ...checkSuiteRoutes,
  ...commentRoutes,
  ...commitRoutes,
  ...contentRoutes,
  ...gitRoutes,
  ...hookRoutes,
  ...manifestRoutes,
  ...peopleRoutes,
  ...pullRoutes,
  ...repositoryRoutes,
  ...reviewerRoutes,
  graphqlRoute,
];
