# Đôn Đốc in a container: docs/operations.md says how it is run, backed up and upgraded.
FROM python:3.11-slim-bookworm AS build
WORKDIR /opt/dondoc
COPY requirements-run.lock ./
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements-run.lock
COPY pyproject.toml README.md ./
COPY bot ./bot
COPY db ./db
RUN .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 dondoc \
    && useradd --uid 10001 --gid dondoc --no-create-home --home-dir /var/lib/dondoc --shell /usr/sbin/nologin dondoc \
    && install -d -o dondoc -g dondoc -m 0750 /var/lib/dondoc /var/lib/dondoc/backups
COPY --from=build /opt/dondoc/.venv /opt/dondoc/.venv
ENV PATH=/opt/dondoc/.venv/bin:$PATH PYTHONUTF8=1 PYTHONUNBUFFERED=1
# .env, tasks.json, data/ and backups/ are here: what is kept when the container is replaced.
WORKDIR /var/lib/dondoc
VOLUME /var/lib/dondoc
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
CMD ["dondoc", "run"]
