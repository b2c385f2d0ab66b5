"""Find circles among the imports of our own modules: `python -m tools.import_circles`.

Every import counts, also one inside a function or under `if TYPE_CHECKING`: a reader who follows
the names goes round in both all the same, and the first of them that moves becomes a real circle.
"""

import ast
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

PACKAGES = ("cchc_desk", "ui", "tools")


def module_files(root: Path, packages: tuple[str, ...] = PACKAGES) -> dict[str, Path]:
    """Return every module under `root` by its dotted name; a package stands for its `__init__`."""
    files = {}
    for package in packages:
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return files


def imported_names(source: str, package: str) -> Iterator[str]:
    """Dotted name of everything that `source` imports, wherever in the file it stands.

    `from a import b` yields `a.b`: only the caller knows whether `b` is a module. `package` is
    where a relative import starts from.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = [*above, node.module or ""] if node.level else [node.module or ""]
            start = ".".join(part for part in base if part)
            yield from (f"{start}.{alias.name}" for alias in node.names)


def import_graph(files: Mapping[str, Path]) -> dict[str, set[str]]:
    """Which of `files` each of them imports."""
    graph: dict[str, set[str]] = {}
    for module, file in files.items():
        package = module if file.name == "__init__.py" else module.rpartition(".")[0]
        graph[module] = set()
        for name in imported_names(file.read_text(encoding="utf-8"), package):
            target = name if name in files else name.rpartition(".")[0]
            if target in files and target != module:
                graph[module].add(target)
    return graph


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the shortest circle for each knot of modules that reach each other."""
    reach = {module: _reachable(graph, module) for module in graph}
    shortest, seen = [], set[str]()
    for module in sorted(graph):
        if module in reach[module] and module not in seen:
            knot = {other for other in reach[module] if module in reach[other]}
            seen |= knot
            shortest.append(min((_way_back(graph, start) for start in sorted(knot)), key=len))
    return shortest


def _reachable(graph: Mapping[str, set[str]], start: str) -> set[str]:
    seen, waiting = set[str](), list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(graph[module])
    return seen


def _way_back(graph: Mapping[str, set[str]], start: str) -> list[str]:
    """Return the shortest way from `start` to itself, both ends named; there must be one."""
    came_from, waiting = dict[str, str](), deque([start])
    while start not in came_from:
        module = waiting.popleft()
        for following in sorted(graph[module] - came_from.keys()):
            came_from[following] = module
            waiting.append(following)
    way = [start]
    while len(way) == 1 or way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def main(root: Path = Path()) -> int:
    """Print every circle under `root`; the exit code is 1 when there is one."""
    every = circles(import_graph(module_files(root)))
    for circle in every:
        print("circle of imports: " + " → ".join(circle), file=sys.stderr)
    return 1 if every else 0


if __name__ == "__main__":
    sys.exit(main())
