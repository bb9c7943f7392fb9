# What people type. Progress goes to standard error: what `make chat` prints on standard output is the chat alone.

.SILENT:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev data index model chat run test test-slow check bench bench-retrieval bench-ingest train-encoder eval-encoder eval-nlu lock clean

PYTHON ?= python3
DATA ?= ../shared/data
WORKERS ?= 2
APP := .venv/bin/python
CITYDESK := $(APP) -m citydesk
OUT ?= $(STATE)/encoder/model
STATE := $(if $(CITYDESK_HOME),$(CITYDESK_HOME),var)
STEP := $(PYTHON) scripts/when_changed.py

help: ## this list
	grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## make both environments (.venv, .venv-rasa) as the locks say
	$(PYTHON) scripts/environments.py </dev/null 1>&2

setup-dev: ## the same, with what tests and checks need
	$(PYTHON) scripts/environments.py --dev </dev/null 1>&2

data: setup ## database, and the news that the feeds give
	$(STEP) data --say 'Reading the feeds' --input content/feeds.opml --input content/sample --input news_ingest \
		--output $(STATE)/citydesk.db -- $(CITYDESK) ingest --no-index </dev/null 1>&2

index: data ## the search index over FAQ and news
	$(STEP) index --say 'Building the index' --input content --input knowledge --input $(STATE)/stamps/data \
		--output $(STATE)/index -- $(CITYDESK) reindex </dev/null 1>&2

model: index ## the dialogue model
	$(STEP) model --say 'Training the dialogue model' --input nlu --input config.yml --input endpoints.yml --input content/faq \
		--input requirements/rasa.lock --input knowledge/model --input knowledge/static.py --input content/languages.yml --input content/emergencies --output $(STATE)/models/citydesk.tar.gz -- $(CITYDESK) train </dev/null 1>&2

chat: model ## talk to CityDesk in the terminal
	$(CITYDESK) chat

run: model ## start everything: actions, Rasa and, with a token, the Telegram bot
	$(CITYDESK) run

check: setup-dev ## style and types
	$(APP) -m ruff check . 1>&2
	$(APP) -m mypy . 1>&2

test: check model ## style, types and all tests but the slow ones; WORKERS=N processes run them
	TF_CPP_MIN_LOG_LEVEL=3 SQLALCHEMY_SILENCE_UBER_WARNING=1 RASA_TELEMETRY_ENABLED=false .venv-rasa/bin/python -m unittest discover -s tests/rasa_env -t . </dev/null 1>&2
	$(APP) -m pytest -q -m 'not slow' -n $(WORKERS) --dist loadfile </dev/null

test-slow: setup-dev model ## the tests marked slow; pytest's status 5 says that none is
	$(APP) -m pytest -q -m slow -n $(WORKERS) --dist loadfile </dev/null || [ $$? -eq 5 ]

bench: setup-dev model ## measurements, written below bench/
	$(APP) -m bench </dev/null

bench-retrieval: setup-dev ## search measured beside txtai, haystack, bm25s and bare FAISS; DATA=FOLDER has the data, ARGS=--help tells more
	$(PYTHON) scripts/environments.py bench </dev/null 1>&2
	$(APP) -m bench.retrieval --data '$(DATA)' $(ARGS) </dev/null

bench-ingest: setup-dev ## news ingest measured beside lemon24/reader and bare feedparser; DATA=FOLDER has the data, ARGS=--help tells more
	$(PYTHON) scripts/environments.py bench </dev/null 1>&2
	$(APP) -m bench.ingest --data '$(DATA)' $(ARGS) </dev/null

train-encoder: setup-dev ## the sentence encoder from parallel sentences; DATA=FOLDER has them, OUT=FOLDER becomes the model
	$(APP) -m knowledge.training.train_encoder --parallel '$(DATA)/parallel' --news '$(DATA)/news' \
		--cache '$(STATE)/encoder/teacher' --out '$(OUT)' $(ARGS) </dev/null

eval-encoder: setup-dev ## the sentence encoder measured beside others; DATA=FOLDER has the data, ARGS=--help tells more
	$(APP) -m bench.encoder --data '$(DATA)' $(ARGS) </dev/null

eval-nlu: setup-dev model ## how well messages are understood, by language, on utterances written apart from the examples
	$(APP) -W ignore -m bench.understanding $(ARGS) </dev/null

lock: ## resolve requirements/*.in into requirements/*.lock
	$(PYTHON) scripts/environments.py lock </dev/null 1>&2

clean: ## remove environments, caches and everything that can be made again
	rm -rf .venv .venv-rasa .venv-bench .uv .mypy_cache .ruff_cache .pytest_cache .rasa $(STATE)/stamps $(STATE)/index $(STATE)/models $(STATE)/nlu
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
