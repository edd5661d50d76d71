# Opens the collection as it is, on Binder, in Codespaces or by hand: docker build -t spacesec . && docker run -p 8888:8888 spacesec
FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install --yes --no-install-recommends git make && rm -rf /var/lib/apt/lists/*
ARG NB_USER=reader
ARG NB_UID=1000
RUN useradd --create-home --uid ${NB_UID} ${NB_USER}
WORKDIR /home/${NB_USER}/collection
COPY --chown=${NB_UID} . .
USER ${NB_USER}
RUN make setup
ENV PATH=/home/${NB_USER}/collection/.venv/bin:${PATH}
EXPOSE 8888
CMD ["spacesec", "lab", "--ip=0.0.0.0", "--no-browser"]
