# Attune in a container: glibc, not root, and nothing but /data is written. compose.yaml runs it so.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Only the parts for this machine stay.
RUN npm ci --omit=dev --workspaces=false \
 && cd node_modules/onnxruntime-node/bin/napi-v6 && rm -rf darwin win32 \
 && find linux -mindepth 1 -maxdepth 1 ! -name "$(node -p process.arch)" -exec rm -rf {} +
COPY LICENSE NOTICE ./
COPY src ./src
COPY commands ./commands
COPY data ./data
# What a start would compile is compiled now: later nothing here can be written. An image keeps times in whole seconds.
RUN find src commands data package-lock.json -exec touch -d @1700000000 {} + \
 && node --max-semi-space-size=1 --v8-pool-size=1 --expose-gc src/start.js --warm

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production DATABASE_PATH=/data/attune.db HEALTH_PORT=9091
WORKDIR /app
COPY --from=build /app /app
RUN mkdir -m 700 /data && chown node:node /data
USER node
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9091/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=1", "--v8-pool-size=1", "--expose-gc", "src/start.js"]
