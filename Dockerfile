# One image for web, worker and beat: docker-compose.yml says which of them a container is.
FROM python:3.13-slim-bookworm AS packages
COPY requirements/run.txt /tmp/run.txt
RUN python -m venv /opt/setu/packages \
    && /opt/setu/packages/bin/pip install --no-cache-dir --require-hashes --only-binary :all: --requirement /tmp/run.txt

FROM python:3.13-slim-bookworm
ENV PATH=/opt/setu/packages/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SETU_DATA=/opt/setu/data \
    STATIC_ROOT=/opt/setu/static
# A volume that is mounted there for the first time is owned as the folder is.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin setu \
    && install --directory --owner=setu /opt/setu/data
COPY --from=packages /opt/setu/packages /opt/setu/packages
WORKDIR /opt/setu/code
COPY . .
# Both belong to the code, so they are made with it. The key is this step's own and stays in no layer.
RUN python -c "from pathlib import Path; from portal.running.messages import compile_messages; compile_messages(Path('.'))" \
    && SECRET_KEY="$(head -c 32 /dev/urandom | base64)" python manage.py collectstatic --no-input --verbosity 0
USER setu
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "portal.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--preload", "--worker-tmp-dir=/dev/shm", "--log-level=warning"]
