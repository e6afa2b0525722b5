"""Nothing stands in the source that nothing in the source uses; tests and benches keep nothing alive.

What only Django finds, by a name in the settings or one of its own, is used by them.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE

FOUND_BY_NAME = {"application", "app_name", "register", "served", "urlpatterns"}
FOUND_BY_ENDING = ("Config", "Validator")
HANDLERS = re.compile(r"handler\d{3}")
NAMES_IN_TEXTS = ("project/settings.py", "project/urls.py")
KEPT = {
    "ALL_REASONS": "all codes of a kind, which tests hold words and pages against",
    "FAULTS": "the same",
    "KEY_FAULTS": "the same",
    "CLASH_FAULTS": "the same",
    "_OPTIONS": "words of values, marked for translation",
    "JobRanking": "a table that queries reach by the name that posts have for it",
    "first_difference": "the check of a mirror, which tests and a bench run",
    "removal": "what undoes the journal's creation",
}


@dataclass(slots=True)
class Names:
    """The names in some modules: read in each, read after a dot, imported by module, in texts."""

    read: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    after_dots: set[str] = field(default_factory=set)
    imported: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    in_texts: set[str] = field(default_factory=set)

    def add(self, path: str, tree: ast.Module) -> None:
        """Take in a module's names."""
        for node in ast.walk(tree):
            match node:
                case ast.Name(id=name, ctx=ast.Load()):
                    self.read[path].add(name)
                case ast.Attribute(attr=name):
                    self.after_dots.add(name)
                case ast.ImportFrom(module=str(module), names=names):
                    self.imported[module.rpartition(".")[2]] |= {each.name for each in names}
                case ast.Constant(value=str(text)) if path in NAMES_IN_TEXTS:
                    self.in_texts |= {*re.findall(r"\w+", text)}

    def has_use(self, path: str, name: str) -> bool:
        """Whether the module itself or another one uses the name."""
        file = Path(path)
        module = file.parent.name if file.stem == "__init__" else file.stem
        return (
            name in self.read[path]
            or name in self.after_dots
            or name in self.imported[module]
            or name in self.in_texts
        )


def unused(sources: Mapping[str, str]) -> list[str]:
    """Names at the top of a module that nothing reads, by the module's path."""
    trees = {path: ast.parse(source) for path, source in sources.items()}
    names = Names()
    for path, tree in trees.items():
        names.add(path, tree)
    return [
        f"{path}: {name}"
        for path, tree in trees.items()
        if path != NAMES_IN_TEXTS[0] and "migrations" not in Path(path).parts
        for name in _defined(tree)
        if not (_is_found_by_others(name) or names.has_use(path, name))
    ]


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name, decorator_list=[]) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                yield from (each.id for each in targets if isinstance(each, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def _is_found_by_others(name: str) -> bool:
    return bool(
        name in FOUND_BY_NAME
        or name in KEPT
        or name.endswith(FOUND_BY_ENDING)
        or HANDLERS.fullmatch(name)
        or name.startswith("__")
    )


def test_nothing_is_defined_that_nothing_uses() -> None:
    paths = PACKAGE.rglob("*.py")
    found = unused({str(path.relative_to(PACKAGE)): path.read_text() for path in paths})

    assert found == [], "delete it, or use it"


@pytest.mark.parametrize(
    ("source", "other", "left"),
    [
        ("def f() -> int: ...", "", ["a.py: f"]),
        ("MOST = 3", "MOST = 4", ["a.py: MOST", "b.py: MOST"]),
        ("MOST = 3\nprint(MOST)", "", []),
        ("def f() -> int: ...", "from x.a import f", []),
        ("def f() -> int: ...", "from x.other import f", ["a.py: f"]),
        ("def f() -> int: ...", "from x import a\na.f()", []),
        ("class PeopleConfig: ...\nhandler404 = 1", "", []),
    ],
)
def test_what_is_not_used_is_seen(source: str, other: str, left: list[str]) -> None:
    assert unused({"a.py": source, "b.py": other}) == left


TEMPLATES = "\n".join(
    path.read_text() for path in sorted(PACKAGE.rglob("templates/**/*")) if path.is_file()
)


def is_in_templates(name: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", TEMPLATES) is not None


def test_each_filter_and_tag_is_used_in_a_template() -> None:
    libraries = [ast.parse(path.read_text()) for path in PACKAGE.rglob("templatetags/*.py")]
    registered = [
        node.name
        for tree in libraries
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any("register" in ast.unparse(each) for each in node.decorator_list)
    ]

    assert len(registered) > 50
    assert [name for name in registered if not is_in_templates(name)] == [], "delete it, or use it"


def test_each_class_of_the_style_sheet_is_used() -> None:
    sheet = (PACKAGE / "web" / "static" / "web" / "style.css").read_text()
    selectors = re.sub(r"\{[^{}]*\}", "{}", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    classes = set(re.findall(r"\.([a-zA-Z_][\w-]*)", selectors))
    sources = " ".join(path.read_text() for path in PACKAGE.rglob("*.[pj][ys]"))
    written = set(re.findall(r"[\w-]+", TEMPLATES + sources))

    assert len(classes) > 100
    assert sorted(classes - written) == [], "delete it, or use it"


def test_what_the_settings_name_is_used() -> None:
    assert unused({"a.py": "class Guard: ...", NAMES_IN_TEXTS[0]: "M = ['x.a.Guard']"}) == []
