# docker build -t hookproof . && docker run --rm -v "$PWD:/data" hookproof validate captures/
FROM python:3.12-slim AS build
WORKDIR /source
COPY . .
RUN python -m pip install --no-cache-dir build && python -m build --wheel --outdir /wheels

FROM python:3.12-slim
COPY --from=build /wheels /wheels
RUN python -m pip install --no-cache-dir "$(ls /wheels/*.whl)[all]" && rm -r /wheels \
    && useradd --create-home --uid 10001 hookproof && install --directory --owner hookproof /data
# Nothing here needs the rights of root, and what is mounted keeps its owner.
USER hookproof
WORKDIR /data
# A server binds to loopback unless it is told otherwise, in a container as well.
ENTRYPOINT ["hookproof"]
CMD ["--help"]
