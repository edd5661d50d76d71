# Opens the collection as it is: docker build -t spacesec . && docker run -p 8888:8888 spacesec
# Codespaces takes the first stage alone, since it sets up its own checkout; Binder reads the folder binder.
FROM python:3.11-slim-bookworm AS tools
RUN apt-get update && apt-get install --yes --no-install-recommends git make && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 1000 reader
USER reader

FROM tools
RUN mkdir /home/reader/collection
WORKDIR /home/reader/collection
COPY --chown=1000 . .
RUN make setup
ENV PATH=/home/reader/collection/.venv/bin:${PATH}
EXPOSE 8888
CMD ["spacesec", "lab", "--ip=0.0.0.0", "--no-browser"]
