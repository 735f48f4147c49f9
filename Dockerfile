# syntax=docker/dockerfile:1
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image's own Node is the right one: neither the pinned Node of the development set-up nor any other
# install script is run.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src ./src
COPY checks ./checks
COPY test ./test
COPY scripts ./scripts
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data NO_SMEE_SETUP=true NODE_USE_ENV_PROXY=1 NO_PROXY=127.0.0.1,localhost
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE* ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist/src ./dist/src
COPY --from=build /app/dist/checks ./dist/checks
COPY bin ./bin
COPY schema ./schema
COPY app.yml ./
# No package manager is there to be run.
RUN rm -rf /usr/local/lib/node_modules/npm /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* \
  && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/vibegate.js"]
CMD ["serve"]
