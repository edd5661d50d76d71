"""How to cite the collection and a question of it, after CITATION.cff."""

import functools

import yaml
from markupsafe import Markup

from spacesec.collection.site import words
from spacesec.data import sources, tables
from spacesec.errors import DataError
from spacesec.machine import paths


def collection() -> dict[str, str]:
    """The collection's reference in Chicago style and as BibTeX."""
    told = stated()
    return _both(
        _item(told)
        | {
            "id": "japan-space-security-collection",
            "type": "book",
            "title": f"{told['title']}. Version {told['version']}",
        }
    )


def question(name: str, title: str) -> dict[str, str]:
    """The same of one question, as a chapter of the collection."""
    told = stated()
    return _both(
        _item(told)
        | {
            "id": f"japan-space-security-{name.replace('/', '-').replace('_', '-')}",
            "type": "chapter",
            "title": title,
            "container-title": f"{told['title']}, version {told['version']}",
            "note": f"Notebook {name}",
        }
    )


def claim(identifier: str, said: str, verdict: str) -> str:
    """The same of the verdict on a claim, in one line."""
    told = stated()
    author = " and ".join(author["name"] for author in told["authors"])
    return (
        f"{author}. {told['date-released'].year}. Claim {identifier}, “{words.quotes(said)}”: {verdict}. In"
        f" {told['title']}, version {told['version']}, data as of {tables.package()['as_of']}."
    )


def _item(stated: dict) -> dict:
    day = stated["date-released"]
    return {
        "author": [{"literal": author["name"]} for author in stated["authors"]],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": "en",
    }


def _both(item: dict) -> dict[str, str]:
    return {
        "chicago": Markup(sources.cite_item(item, "html")),
        "bibtex": sources.bibtex_items([item]).strip(),
    }


def stated() -> dict:
    """What CITATION.cff says; raises DataError where it does not read."""
    try:
        return _read((paths.root() / "CITATION.cff").read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataError(
            f"CITATION.cff does not read as one ({type(error).__name__}); restore it from the repository"
        ) from None


@functools.lru_cache(maxsize=1)
def _read(text: str) -> dict:
    return yaml.safe_load(text)
